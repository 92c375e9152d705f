import type { ErrorBody, Text } from '../server/contract/errors.ts'

/** What went wrong, where, and what to do: one shape, whether the server or the worker said it. */
export interface Trouble {
  code: string
  text: Text
  remedy?: Text
  details?: Record<string, unknown>
}

export class TroubleError extends Error {
  constructor(readonly trouble: Trouble) {
    super(trouble.text.en)
    this.name = 'TroubleError'
  }
}

const same = (s: string): Text => ({ zh: s, en: s })

/** The server answers in one language; both sides of the text hold it. Particulars travel beside the message. */
export function troubleOfBody({ code, message, remedy, ...details }: ErrorBody): Trouble {
  return { code, text: same(message), remedy: remedy ? same(remedy) : undefined, details }
}

export const SERVER_AWAY: Trouble = {
  code: 'server_away',
  text: { zh: '服务器没有应答', en: 'The server does not answer' },
  remedy: {
    zh: '检查服务器是否在运行；本机测算不受影响',
    en: 'Check that it is running; computing here goes on',
  },
}

export function troubleOf(error: unknown): Trouble {
  if (error instanceof TroubleError) return error.trouble
  const said = error instanceof Error ? error.message : String(error)
  return {
    code: 'unexpected',
    text: { zh: `没有料到的错误：${said}`, en: `Unexpected error: ${said}` },
    remedy: {
      zh: '重新载入页面；再次出现请记下此句',
      en: 'Reload the page; note this line if it comes again',
    },
  }
}
