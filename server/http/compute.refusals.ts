import { Refusal } from '../contract/errors.ts'

const again = { zh: '稍后重试', en: 'Try again in a moment' }

export const busy = () =>
  new Refusal('busy', 503, { zh: '计算请求太多', en: 'Too many requests are waiting' }, again)

export const restarted = () =>
  new Refusal(
    'compute_restarted',
    503,
    { zh: '计算线程中断，已重新启动', en: 'The computing thread ended and was started again' },
    again,
  )

export const tooSlow = (ms: number) =>
  new Refusal(
    'too_slow',
    503,
    { zh: `${ms / 1000} 秒内没有算完，已停止`, en: `Not finished within ${ms / 1000} s; stopped` },
    { zh: '减少点数、缩短时限', en: 'Ask for fewer points or fewer minutes' },
  )
