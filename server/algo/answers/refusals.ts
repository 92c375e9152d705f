import { Refusal } from '../../contract/errors.ts'

export function mustShut(edges: Uint32Array): { edges: number } {
  if (edges.length > 0) return { edges: edges.length }
  throw new Refusal(
    'shuts_nothing',
    422,
    { zh: '这个封闭范围内没有道路', en: 'no road lies within this closure' },
    {
      zh: '请点在道路上（50 米内），或把范围画过道路；洪水默认不封桥梁和隧道',
      en: 'click on a road (within 50 m) or draw across one; a flood leaves bridges and tunnels open unless told',
    },
  )
}

export function cutOff(closures: string[], at?: string): Refusal {
  return new Refusal(
    'cut_off',
    409,
    { zh: '道路被封闭切断，无法到达', en: 'closed roads cut every way there' },
    {
      zh: '请恢复其中一处通行，或改用步行（foot）',
      en: 'open one of the closures, or use the foot profile',
    },
    at,
    { closures },
  )
}

export function noRoad(): Refusal {
  return new Refusal(
    'no_road',
    422,
    {
      zh: '两点之间没有道路相连（即使全部道路开通）',
      en: 'no road connects the two points, even with every road open',
    },
    {
      zh: '该处可能在岛上、须步行或走轮渡；请核对道路数据',
      en: 'it may lie on an island or be reached on foot or by ferry only; check the road data',
    },
  )
}

export function edgeBesides(): Refusal {
  return new Refusal(
    'edge_with_shape',
    422,
    {
      zh: '一处封闭不能既写路段号（edge）又写图形或道路编号',
      en: 'a closure names an edge or a shape or way, not both',
    },
    { zh: '分成两处封闭', en: 'make two closures of it' },
    'feature.properties.edge',
  )
}
