import { describe, expect, it, vi } from 'vitest'
import { createApi } from './api.ts'

const answering = (status: number, body: unknown) => {
  const seen: [string, RequestInit][] = []
  const fetcher = (async (path: string, init: RequestInit) => {
    seen.push([path, init])
    return new Response(JSON.stringify(body), { status })
  }) as typeof fetch
  return { seen, fetcher }
}

describe('api', () => {
  it('asks in the language of the screen', async () => {
    const { seen, fetcher } = answering(200, { counties: [] })
    await createApi(() => 'zh', fetcher).counties()
    await createApi(() => 'en', fetcher).counties()
    expect(seen.map(([, init]) => (init.headers as Record<string, string>)['accept-language'])).toEqual([
      'zh-CN',
      'en',
    ])
  })
  it('hands the server’s own words and remedy over', async () => {
    const { fetcher } = answering(404, {
      code: 'county_unknown',
      message: '没有这个县',
      remedy: '看一看名单',
    })
    const error = await createApi(() => 'zh', fetcher)
      .county('x')
      .catch(e => e)
    expect(error.trouble).toMatchObject({
      code: 'county_unknown',
      text: { zh: '没有这个县' },
      remedy: { zh: '看一看名单' },
    })
  })
  it('tells whenever an answer wants a session, and takes an empty answer for what it is', async () => {
    const needed = vi.fn<() => void>()
    const { fetcher } = answering(401, { code: 'sign_in_needed', message: '请先登录' })
    await createApi(() => 'zh', fetcher, needed)
      .accounts()
      .catch(() => {})
    expect(needed).toHaveBeenCalledOnce()
    const wrong = answering(401, { code: 'wrong_password', message: '密码不对' })
    await createApi(() => 'zh', wrong.fetcher, needed)
      .signIn('li', 'x')
      .catch(() => {})
    expect(needed).toHaveBeenCalledOnce()
    const nothing = (async () => new Response(null, { status: 204 })) as typeof fetch
    expect(await createApi(() => 'zh', nothing).endSession('a')).toBeUndefined()
  })
  it('says that the server is away when nothing answers', async () => {
    const dead = (() => Promise.reject(new TypeError('failed'))) as typeof fetch
    const error = await createApi(() => 'zh', dead)
      .counties()
      .catch(e => e)
    expect(error.trouble.code).toBe('server_away')
  })
})
