import { Refusal } from '../contract/errors.ts'

export const PASSWORD_MIN = 10
/** Those of ten characters and more that lists of leaked passwords hold most often. */
const COMMON = new Set([
  '1234567890',
  '12345678910',
  '0123456789',
  '0987654321',
  '9876543210',
  '1qaz2wsx3edc',
  'qwertyuiop',
  'qwerty1234',
  'qwerty12345',
  'qwerty123456',
  '1q2w3e4r5t',
  '1q2w3e4r5t6y',
  'abcdefghij',
  'abcd123456',
  'a123456789',
  'aa123456789',
  'password12',
  'password123',
  'password1234',
  'passw0rd123',
  'p@ssw0rd123',
  'iloveyou123',
  'woaini1314',
  'woaini5201314',
  '5201314520',
  '1314520520',
  'asdfghjkl1',
  'zxcvbnm123',
  'admin12345',
  'admin123456',
  'administrator',
  'welcome123',
  'fengtu1234',
  'fengtu12345',
  'letmein1234',
])

/** A username as it is compared and kept: one form for each that looks the same. */
export const normalUsername = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** @throws Refusal username_wrong */
export function checkUsername(typed: string): string {
  const username = normalUsername(typed)
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u.test(username)) return username
  throw new Refusal(
    'username_wrong',
    400,
    {
      zh: '用户名为 2 至 32 个字，可用汉字、字母、数字和 . _ -，以字或数字开头',
      en: 'A username has 2 to 32 letters, digits and . _ -, and begins with a letter or digit',
    },
    { zh: '换一个', en: 'Choose another' },
    'username',
  )
}

/** Length, not composition; nor the username, one character throughout, or what everybody tries. */
export function checkPassword(password: string, username: string): void {
  const plain = password.normalize('NFKC').toLowerCase()
  const short = [...password].length < PASSWORD_MIN
  const guessed = COMMON.has(plain) || plain.includes(username) || new Set(plain).size < 3
  if (!short && !guessed) return
  throw new Refusal(
    'password_weak',
    400,
    short
      ? { zh: `密码至少 ${PASSWORD_MIN} 个字`, en: `A password has at least ${PASSWORD_MIN} characters` }
      : { zh: '这个密码太容易猜到', en: 'This password is too easily guessed' },
    { zh: '用几个不相干的词连成一句', en: 'Take a few words that have nothing to do with each other' },
    'password',
  )
}
