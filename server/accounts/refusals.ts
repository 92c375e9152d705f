import { Refusal } from '../contract/errors.ts'
import type { Text } from '../contract/errors.ts'

const ASK: Text = { zh: '请管理员处理', en: 'Ask an administrator' }
const LIST: Text = { zh: '看 /api/accounts', en: 'See /api/accounts' }

export const wrongPassword = () =>
  new Refusal(
    'wrong_password',
    401,
    { zh: '用户名或密码不对', en: 'The username or the password is wrong' },
    { zh: '再试一次；忘了密码请管理员重设', en: 'Try again; an administrator can set a new one' },
  )

export const accountDisabled = () =>
  new Refusal('account_disabled', 403, { zh: '该账户已停用', en: 'This account is disabled' }, ASK)

export function tooManyTries(waitMs: number): Refusal {
  const retryAfterS = Math.max(1, Math.ceil(waitMs / 1000))
  return new Refusal(
    'too_many_tries',
    429,
    { zh: '尝试次数过多', en: 'Too many tries' },
    { zh: `${retryAfterS} 秒后再试`, en: `Try again in ${retryAfterS} s` },
    undefined,
    { retryAfterS },
  )
}

export const setupDone = () =>
  new Refusal(
    'setup_done',
    409,
    { zh: '已有管理员', en: 'There is an administrator already' },
    { zh: '直接登录', en: 'Sign in' },
  )

export const setupWrong = () =>
  new Refusal(
    'setup_link_wrong',
    403,
    { zh: '这个初始设置链接无效、已用过或已过期', en: 'This set-up link is wrong, used or expired' },
    {
      zh: '链接 30 分钟内有效；重新启动服务器会打印新的',
      en: 'It is good for 30 minutes; a restart of the server prints a new one',
    },
    'token',
  )

export const accountUnknown = (id: string) =>
  new Refusal('account_unknown', 404, { zh: `没有账户“${id}”`, en: `There is no account "${id}"` }, LIST)

export const sessionUnknown = (id: string) =>
  new Refusal(
    'session_unknown',
    404,
    { zh: `没有会话“${id}”，或已结束`, en: `There is no session "${id}", or it has ended` },
    { zh: '看 /api/sessions', en: 'See /api/sessions' },
  )

export const usernameTaken = (username: string) =>
  new Refusal(
    'username_taken',
    409,
    { zh: `用户名“${username}”已被使用`, en: `The username "${username}" is taken` },
    { zh: '换一个', en: 'Choose another' },
    'username',
  )

export const lastAdministrator = () =>
  new Refusal(
    'last_administrator',
    409,
    {
      zh: '这是最后一个管理员，不能停用或改为其他角色',
      en: 'This is the last administrator: it cannot be disabled or given another role',
    },
    { zh: '先设另一个管理员', en: 'Make another administrator first' },
  )

export const personsOnly = () =>
  new Refusal(
    'persons_only',
    409,
    {
      zh: '大屏、现场链接和令牌只能改名或停用',
      en: 'Of a wall, a field link or a token only the name changes, or it is disabled',
    },
    { zh: '需要别的角色就新建一个', en: 'For another role make a new one' },
  )

export const pairingWrong = () =>
  new Refusal(
    'pairing_code_wrong',
    404,
    { zh: '没有大屏正显示这个配对码', en: 'No wall shows this code now' },
    { zh: '看清屏上现在的 8 位，2 分钟一换', en: 'Read the 8 characters anew: they change every 2 minutes' },
    'code',
  )

export const pairingFull = () =>
  new Refusal(
    'pairing_full',
    429,
    { zh: '同时配对的大屏过多', en: 'Too many walls are being paired at once' },
    { zh: '2 分钟后再试', en: 'Try again in 2 minutes' },
    undefined,
    { retryAfterS: 120 },
  )

export const linkOver = () =>
  new Refusal(
    'field_link_over',
    403,
    {
      zh: '这个现场链接无效、已过期、已撤销，或打开的手机已满',
      en: 'This field link is wrong, expired, revoked, or open on as many phones as it may be',
    },
    { zh: '请指挥中心重发', en: 'Ask the command centre for a new one' },
    'secret',
  )

export const badEnd = (days: number) =>
  new Refusal(
    'out_of_range',
    400,
    {
      zh: `到期时间应在现在之后、${days} 天之内`,
      en: `It should end after now and within ${days} days`,
    },
    { zh: '写成 2026-07-19T02:17:00Z', en: 'Write 2026-07-19T02:17:00Z' },
    'expiresAt',
  )
