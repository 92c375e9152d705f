import { Refusal } from '../contract/errors.ts'

const SMALLER = {
  zh: '按台账分成几个文件，或删去空行、空列和图片后另存再试',
  en: 'Split it by register, or save it again without empty rows, empty columns and pictures',
}
const AGAIN = { zh: '稍后重试', en: 'Try again in a moment' }

export const fileTooSlow = (ms: number) =>
  new Refusal(
    'file_too_slow',
    503,
    { zh: `${ms / 1000} 秒内没有处理完这个文件，已停止`, en: `Not finished within ${ms / 1000} s; stopped` },
    SMALLER,
  )

export const fileTakesTooMuch = () =>
  new Refusal(
    'file_too_much',
    413,
    { zh: '处理这个文件要用的内存过多，已停止', en: 'The file takes too much memory; stopped' },
    SMALLER,
  )

export const filesBusy = () =>
  new Refusal(
    'files_busy',
    503,
    { zh: '正在处理的文件太多', en: 'Too many files are being read' },
    AGAIN,
    undefined,
    { retryAfterS: 10 },
  )

export const filesInterrupted = () =>
  new Refusal(
    'files_interrupted',
    503,
    { zh: '处理文件的线程中断，已重新启动', en: 'The thread for files ended and was started again' },
    AGAIN,
  )
