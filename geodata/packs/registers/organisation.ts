import type { Township, Village } from '../county.ts'
import { apartM, lonLatOf } from './ground.ts'
import { type Fields, lately } from './ledger.ts'
import { about, chance, type Make, weighted } from './make.ts'

const town = (township: Township): boolean => township.kind === 'town'

/** Townships and villages with those who answer for them and those who need help. */
export function placesOf({ ground, ledger, posts, random }: Make): void {
  const { townships, villages, hamlets } = ground.people
  for (const township of townships) {
    const own = villages.filter(v => v.township === township.id)
    const head = posts.of(town(township) ? '镇长' : '街道主任', township.id)
    const deputy = posts.of(town(township) ? '副镇长' : '街道副主任', township.id)
    ledger.add('townships', {
      id: township.id,
      name: township.name,
      at: lonLatOf(ground, township.cell),
      fields: {
        kind: township.kind,
        people: own.reduce((sum, v) => sum + v.people, 0),
        villages: own.length,
        answerable: head.name,
        answerablePhone: head.phone,
        deputy: deputy.name,
        deputyPhone: deputy.phone,
        dutyPhone: posts.of('乡镇值班室', township.id).phone,
        phoneTested: lately(random, 80),
        dutyPeople: random.whole(2, 4),
        readyPoints: random.whole(4, 7),
      },
    })
  }
  const footOnly = new Set(ground.network.footOnly.map(f => f.village))
  for (const [index, village] of villages.entries()) {
    const own = hamlets.filter(h => h.village === village.id)
    const head = posts.of(village.kind === 'community' ? '社区书记' : '村支书', village.id)
    const deputy = posts.of(village.kind === 'community' ? '社区副主任' : '村委副主任', village.id)
    const far = ground.roadM[village.cell] > 300
    ledger.add('villages', {
      id: village.id,
      name: village.name,
      at: lonLatOf(ground, village.cell),
      fields: {
        township: village.township,
        kind: village.kind,
        people: village.people,
        households: village.households,
        hamlets: own.length > 0 ? own.map(h => h.name.zh) : undefined,
        ...needing(village, random),
        access: footOnly.has(index) ? 'foot' : far ? 'track' : 'road',
        answerable: head.name,
        answerablePhone: head.phone,
        deputy: deputy.name,
        deputyPhone: deputy.phone,
        phoneTested: chance(random, 0.12) ? undefined : lately(random, 200),
        volunteers: about(random, 13, 3, 10),
        foodDays: random.whole(2, 7),
        readyPoints: random.whole(3, 5),
      },
    })
  }
}

/** Those who cannot leave by themselves, by the usual shares of an ageing county. */
function needing({ people, kind }: Village, random: Make['random']): Fields {
  const rural = kind === 'village' ? 1 : 0.55
  const some = (share: number): number => about(random, people * share * rural, people * share * 0.2)
  const aloneOld = some(0.028)
  const disabled = some(0.015)
  const bedridden = some(0.004)
  const childrenAlone = some(0.014)
  const pregnant = about(random, people * 0.004, people * 0.001)
  const onPower = about(random, people * 0.0022, people * 0.0007)
  return {
    needHelp: aloneOld + disabled + bedridden + childrenAlone + pregnant + onPower,
    aloneOld,
    disabled,
    bedridden,
    childrenAlone,
    pregnant,
    onPower,
  }
}

/** How each township and village can still be called, and when that was last tried. */
export function communicationsOf({ ground, ledger, posts, random }: Make): void {
  const add = (
    place: Township | Village,
    village: Village | null,
    kind: string,
    word: string,
    en: string,
  ): void => {
    const keeper = posts.of('通信员', place.id)
    const quiet = kind === 'gong' || kind === 'siren' || kind === 'loudspeaker'
    const tested = !chance(random, 0.12)
    ledger.add('communications', {
      name: { zh: `${place.name.zh}${word}`, en: `${place.name.en}: ${en}` },
      fields: {
        township: village ? village.township : place.id,
        village: village?.id,
        kind,
        quantity: kind === 'loudspeaker' ? random.whole(2, 8) : random.whole(1, 3),
        callNumber: quiet ? undefined : posts.phone(),
        keeper: keeper.name,
        keeperPhone: keeper.phone,
        tested: tested ? lately(random, 240) : undefined,
        result: tested
          ? weighted(random, [
              ['through', 86],
              ['weak', 8],
              ['failed', 6],
            ])
          : undefined,
        backupHours: quiet && kind !== 'loudspeaker' ? undefined : BACKUP_H[kind],
      },
    })
  }
  for (const township of ground.people.townships) {
    add(township, null, 'satellitePhone', '卫星电话', 'satellite phone')
    add(township, null, 'radio370', '370 兆电台', '370 MHz radio')
    add(township, null, 'landline', '值班固话', 'landline')
    add(township, null, 'publicTrunk', '公网对讲机', 'push-to-talk')
  }
  for (const village of ground.people.villages) {
    add(village, village, 'loudspeaker', '大喇叭', 'loudspeakers')
    if (village.kind === 'community' || chance(random, 0.55)) {
      add(village, village, 'publicTrunk', '公网对讲机', 'push-to-talk')
    } else add(village, village, chance(random, 0.5) ? 'gong' : 'siren', '手动报警', 'hand alarm')
    const remote = ground.people.villages.filter(v => apartM(ground, v.cell, village.cell) < 2500).length < 3
    if (remote && chance(random, 0.5)) add(village, village, 'satellitePhone', '卫星电话', 'satellite phone')
  }
}
const BACKUP_H: Record<string, number> = {
  satellitePhone: 10,
  radio370: 24,
  landline: 4,
  publicTrunk: 12,
  loudspeaker: 3,
}
