import type { Context } from 'hono'
import { Refusal } from '../contract/errors.ts'
import { RIGHT_NAMES, rightsOf, whoHas } from '../contract/viewer.ts'
import type { Right, Viewer } from '../contract/viewer.ts'
import type { Env } from './context.ts'

/** Who asks: whoever signed in, or the guest where there are no accounts. @throws Refusal 401 of nobody */
export function viewerOf(c: Context<Env>): Viewer {
  const viewer = c.get('viewer')
  if (!viewer) throw signInNeeded()
  return viewer
}

export const signInNeeded = () =>
  new Refusal(
    'sign_in_needed',
    401,
    { zh: '请先登录', en: 'Sign in first' },
    {
      zh: '登录，或以 Authorization: Bearer 发送令牌',
      en: 'Sign in, or send a token as Authorization: Bearer',
    },
  )

/** @throws Refusal 403 `right_missing` naming the right and who has it */
export function needRight(viewer: Viewer, right: Right, exercise = false): void {
  if (rightsOf(viewer.role, exercise).has(right)) return
  const name = RIGHT_NAMES[right]
  const who = whoHas(right, exercise)
  throw new Refusal(
    'right_missing',
    403,
    { zh: `缺少权限“${name.zh}”`, en: `The right "${name.en}" is missing` },
    {
      zh: `有此权限的：${who.zh}；请以这样的账户登录`,
      en: `Those who have it: ${who.en}; sign in as one of them`,
    },
    undefined,
    { right },
  )
}
