import { Hono } from 'hono'
import { openAPIRouteHandler } from 'hono-openapi'
import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { App, Env } from './context.ts'
import { need } from './rights.ts'

const FILES: Record<string, string> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
}
const PAGE = `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><title>烽图 API · Fengtu API</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script></body></html>`
const START = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', validatorUrl: null })`

const about = {
  title: '烽图 Fengtu',
  version: '0.1.0',
  description:
    '坐标为 WGS84 [经度, 纬度]；时间为 UTC；时长为毫秒。出错时返回 {code, message, at, remedy}。\n\n' +
    'Coordinates are WGS84 [lon, lat]; instants are UTC; durations are milliseconds. ' +
    'A refusal is {code, message, at, remedy}.',
}

/** `/api/openapi.json` and a page to browse it, which needs no network. */
export const docs = (app: App) => {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return new Hono<Env>()
    .get(
      '/openapi.json',
      need('read'),
      openAPIRouteHandler(app, { documentation: { info: about }, exclude: [/^\/api\/docs/, '/*'] }),
    )
    .get('/docs', need('read'), c => c.html(PAGE))
    .get('/docs/start.js', need('read'), c =>
      c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
    )
    .get('/docs/:file', need('read'), async (c, next) => {
      const type = FILES[c.req.param('file')]
      if (!type) return next()
      return c.body(await readFile(join(folder, c.req.param('file'))), 200, { 'content-type': type })
    })
}
