import { parentPort } from 'node:worker_threads'
import { createEngine } from '../algo/engine.ts'
import { answerMessages } from './compute.answer.ts'

answerMessages(createEngine, parentPort!)
