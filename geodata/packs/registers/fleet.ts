import { daysBefore, CLOSED, lately, soon } from './ledger.ts'
import { chance, type Make, weighted } from './make.ts'
import type { Team } from './teams.ts'

interface Model {
  zh: string
  en: string
  /** t, m high, m wide, seats. */
  size: readonly [number, number, number, number]
  load?: string
}

const MODELS: Record<string, Model> = {
  tanker: { zh: '水罐消防车', en: 'Water tender', size: [19.5, 3.5, 2.5, 6], load: '载水 8 吨' },
  foam: { zh: '泡沫消防车', en: 'Foam tender', size: [31, 3.7, 2.5, 6], load: '泡沫 4 吨、水 12 吨' },
  ladder: { zh: '云梯消防车', en: 'Ladder truck', size: [33, 3.9, 2.5, 3], load: '举高 32 米' },
  rescueTruck: {
    zh: '抢险救援车',
    en: 'Rescue truck',
    size: [15, 3.6, 2.5, 6],
    load: '吊臂 5 吨、绞盘 8 吨',
  },
  command: { zh: '指挥车', en: 'Command car', size: [3.2, 2.1, 1.95, 5] },
  crew: { zh: '运兵车', en: 'Crew carrier', size: [6.8, 2.9, 2.2, 17] },
  forest: { zh: '森林消防水车', en: 'Forest fire tender', size: [12, 3.3, 2.4, 6], load: '载水 4 吨' },
  mineRescue: { zh: '矿山救护车', en: 'Mine rescue vehicle', size: [5.2, 2.8, 2.1, 9] },
  pump: { zh: '排水抢险车', en: 'Pump truck', size: [18, 3.4, 2.5, 3], load: '排量 3000 立方米/时' },
  hazmat: { zh: '危化品处置车', en: 'Hazmat vehicle', size: [16, 3.6, 2.5, 6] },
  pickup: { zh: '皮卡', en: 'Pick-up', size: [2.9, 1.9, 1.9, 5], load: '载货 0.5 吨' },
  offRoad: { zh: '越野车', en: '4×4', size: [2.6, 1.95, 1.9, 5] },
  truck: { zh: '载货汽车', en: 'Lorry', size: [18, 3.3, 2.5, 3], load: '载货 10 吨' },
  loader: { zh: '装载机', en: 'Wheel loader', size: [17, 3.4, 2.8, 1], load: '斗容 3 立方米' },
  excavator: {
    zh: '挖掘机（拖板）',
    en: 'Excavator on a low-loader',
    size: [38, 3.9, 3, 2],
    load: '22 吨级',
  },
  boatTrailer: { zh: '冲锋舟拖车', en: 'Boat trailer', size: [3.4, 2.3, 2, 4], load: '冲锋舟 1 艘' },
}

/** What each kind of team drives. */
const FLEETS: Record<Team['kind'], readonly (readonly [model: string, count: number])[]> = {
  fire: [
    ['tanker', 3],
    ['foam', 1],
    ['ladder', 1],
    ['rescueTruck', 1],
    ['command', 1],
    ['boatTrailer', 1],
  ],
  forest: [
    ['forest', 3],
    ['crew', 6],
    ['pickup', 3],
    ['command', 1],
  ],
  mine: [
    ['mineRescue', 6],
    ['rescueTruck', 1],
    ['pump', 1],
    ['command', 1],
  ],
  rescue: [
    ['hazmat', 2],
    ['foam', 2],
    ['tanker', 1],
    ['command', 1],
  ],
  township: [
    ['pickup', 1],
    ['crew', 1],
  ],
}
const LOCAL_EXTRA = ['loader', 'excavator', 'truck', 'offRoad', 'boatTrailer', 'tanker']

/** Vehicles of each team with the size and weight that bridges and underpasses ask for. */
export function vehiclesOf({ ledger, random }: Make, teams: readonly Team[]): void {
  let plate = 0
  const add = (team: Team, key: string, no: number): void => {
    const { zh, en, size, load } = MODELS[key]
    const weightT = Math.round(size[0] * random.between(0.94, 1.06) * 10) / 10
    ledger.add('vehicles', {
      name: { zh: `${team.name.zh}${zh}${no} 号`, en: `${team.name.en}: ${en} ${no}` },
      fields: {
        team: team.id,
        kind: key,
        plate: `虚A·${String(++plate).padStart(5, '0')}`,
        drivesAs: weightT > 4.5 ? 'heavy' : 'light',
        weightT,
        heightM: size[1],
        widthM: size[2],
        seats: size[3],
        load,
        state: weighted(random, [
          ['inUse', 92],
          ['repair', 6],
          ['out', 2],
        ]),
        inspected: soon(random, 360),
      },
    })
  }
  for (const team of teams) {
    // The second brigade has one of each; a township has what it could get.
    const first = teams.findIndex(t => t.kind === team.kind) === teams.indexOf(team)
    for (const [key, count] of FLEETS[team.kind]) {
      const own = team.kind === 'fire' && !first ? Math.ceil(count / 2) : count
      for (let no = 1; no <= own; no++) add(team, key, no)
    }
    if (team.kind === 'township') add(team, random.pick(LOCAL_EXTRA), 1)
  }
}

type Piece = readonly [
  capability: string,
  zh: string,
  en: string,
  unit: string,
  mean: number,
  amount?: number,
  amountUnit?: string,
]
const PIECES: readonly Piece[] = [
  ['fireFighting', '消防水带', 'Fire hose', '盘', 40, 20, '米'],
  ['fireFighting', '空气呼吸器', 'Breathing apparatus', '套', 30, 45, '分钟'],
  ['fireFighting', '手抬机动泵', 'Portable pump', '台', 4, 900, '升/分钟'],
  ['extrication', '液压破拆工具组', 'Hydraulic rescue set', '套', 3],
  ['extrication', '起重气垫', 'Lifting bags', '套', 2, 20, '吨'],
  ['lifeDetection', '雷达生命探测仪', 'Radar life detector', '台', 2, 20, '米'],
  ['lifeDetection', '音频生命探测仪', 'Acoustic life detector', '台', 1],
  ['waterRescue', '冲锋舟', 'Assault boat', '艘', 3, 8, '人'],
  ['waterRescue', '救生衣', 'Life jacket', '件', 40],
  ['waterRescue', '抛绳枪', 'Line thrower', '支', 2, 100, '米'],
  ['drainage', '汽油抽水泵', 'Petrol pump', '台', 4, 60, '立方米/时'],
  ['drainage', '潜水泵', 'Submersible pump', '台', 3, 200, '立方米/时'],
  ['mineRescue', '氧气呼吸器', 'Oxygen breathing apparatus', '台', 70, 240, '分钟'],
  ['mineRescue', '自动苏生器', 'Resuscitator', '台', 12],
  ['mineRescue', '快速密闭', 'Quick stopping', '套', 6],
  ['mineRescue', '矿用潜水泵', 'Mine pump', '台', 4, 450, '立方米/时'],
  ['forestFire', '风力灭火机', 'Blower', '台', 36],
  ['forestFire', '高压细水雾机', 'Mist extinguisher', '台', 12],
  ['forestFire', '油锯', 'Chain saw', '台', 10],
  ['hazmat', '重型防化服', 'Chemical suit', '套', 12],
  ['hazmat', '有毒气体检测仪', 'Gas detector', '台', 8],
  ['hazmat', '堵漏工具', 'Leak sealing kit', '套', 4],
  ['roadClearing', '内燃破碎镐', 'Breaker', '台', 3],
  ['roadClearing', '铁锹镐', 'Shovels and picks', '把', 60],
  ['geohazard', '裂缝伸缩仪', 'Extensometer', '台', 3],
  ['evacuation', '喊话器', 'Megaphone', '个', 10],
  ['evacuation', '担架', 'Stretcher', '副', 6],
  ['medical', '急救包', 'First-aid kit', '个', 20],
  ['comms', '卫星电话', 'Satellite phone', '部', 2],
  ['comms', '370 兆手台', '370 MHz handheld', '部', 12],
  ['power', '汽油发电机', 'Petrol generator', '台', 3, 5, '千瓦'],
  ['power', '移动照明灯塔', 'Light tower', '台', 2, 4, '千瓦'],
  ['highAngle', '绳索救援套装', 'Rope rescue set', '套', 4, 50, '米'],
  ['drone', '无人机', 'Drone', '架', 2, 30, '分钟'],
]

/** Equipment by the capabilities that a team says it has; a small team has less of it. */
export function equipmentOf({ ledger, random }: Make, teams: readonly Team[]): void {
  for (const team of teams) {
    const row = ledger.of('teams').find(r => r.id === team.id)!
    const capabilities = row.fields.capabilities as string[]
    const share = team.kind === 'township' ? 0.4 : Math.min(1.3, team.people / 90)
    for (const [capability, zh, en, unit, mean, amount, amountUnit] of PIECES) {
      const common = capability === 'comms' || capability === 'medical'
      if (!common && !capabilities.includes(capability)) continue
      ledger.add('equipment', {
        name: { zh, en },
        fields: {
          team: team.id,
          capability,
          quantity: Math.max(1, Math.round(mean * share * random.between(0.75, 1.25))),
          unit,
          amount,
          amountUnit,
          state: chance(random, 0.95) ? 'inUse' : 'repair',
          checked: chance(random, 0.08) ? daysBefore(CLOSED, random.whole(400, 900)) : lately(random, 180),
        },
      })
    }
  }
}
