import { Refusal } from '../contract/errors.ts'
import { answerCalls } from './thread.ts'

answerCalls({
  add: (a: number, b: number) => a + b,
  refuse: () => {
    throw new Refusal('no_way', 422, { zh: '不行', en: 'No' })
  },
  fail: () => Promise.reject(Object.assign(new Error('disk'), { code: 'SQLITE_FULL' })),
  die: () => process.exit(1),
})
