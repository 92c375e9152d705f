import type { Text } from '../../../server/contract/errors.ts'

/** Where each kind of thing stands and why, as `SOURCES.md` tells it; the tests check these sentences. */
export const PLACING_RULES: readonly Text[] = [
  {
    zh: '总数取自五县公开预案，与县的大小无关：19 支队伍 1,024 人；11 座库 43,640 件；20 座铁矿 21 个生产系统（A6 B4 C8 D3），其中 17 座地下；7 座煤矿 144 万吨/年；10 座尾矿库（3 座头顶库）；164 处地灾点（73 处自动）；14 处避难场所（4 新建 10 改造）；7 处重大危险源；25 个气象站；3 个地震仪；11 个 370 兆固定台；8 座水库；16 个专项指挥部；62 名应急管理专员。村、桥、民宿、工地等随面积增减。',
    en: 'Totals are those of five counties’ published plans and do not depend on the size: 19 teams with 1,024 people; 11 stores with 43,640 items; 20 iron mines with 21 systems (A6 B4 C8 D3), 17 of them underground; 7 coal mines with 1.44 Mt/a; 10 tailings ponds (3 above heads); 164 geohazard points (73 automatic); 14 shelters (4 new, 10 upgraded); 7 major hazard sources; 25 weather stations; 3 seismic instruments; 11 radio stations; 8 reservoirs; 16 special commands; 62 liaison officers. Villages, bridges, guest houses, building sites grow with the area.',
  },
  {
    zh: '救援队伍：两个消防站在县城和离县城最远的镇，森防队在县城，矿山救护大队在离各矿总和最近的镇，园区队在化工园区，14 支乡镇队在驻地；均在路旁平地、洪水淹没区外。',
    en: 'Teams: fire stations in the county town and in the town furthest from it, forest fire in the county town, mine rescue in the town nearest to all mines, the park’s team at the park, fourteen at the seats; on level ground beside a road, outside the flood plain where there is such ground.',
  },
  {
    zh: '尾矿库：汇水 0.15–5 平方公里的支沟，离最大河流 1 千米以上，坝址 150 米内无房；选矿厂在坝顶以上；高度和库容由沟谷地形算出；下游 1 千米受影响人数为下泄路径两侧 90 米、高差 8 米以内的人。',
    en: 'Tailings ponds: side valleys of 0.15–5 km², more than 1 km from the largest river, no house within 150 m of the dam; the concentrator stands above the crest; height and volume follow from the valley; people within 1 km are those within 90 m of the flow path and at most 8 m above it.',
  },
  {
    zh: '矿山：坡度 8–32 度的山坡，离房屋 200 米、离路 1,200 米以内，不在洪水淹没区；10 座铁矿在尾矿库上方，其余沿矿带；煤矿在坡度较缓、离铁矿 900 米以上的山地。',
    en: 'Mines: hillsides of 8–32°, 200 m from houses, within 1,200 m of a road, above the floods; ten iron mines above their ponds, the others along the ore belts; coal on gentler hills at least 900 m from the ore.',
  },
  {
    zh: '地质灾害点：25 度以上的陡坡，沿最陡方向 420 米内有房屋或道路；影响范围为沿此线的凸多边形，人数为其中的人；人数最多的 73 处装自动监测。',
    en: 'Geohazard points: slopes of 25° and more whose fall line comes to houses or a road within 420 m; the area is convex round that line, its people are those who live in it; the 73 with most people are watched by instruments.',
  },
  {
    zh: '撤离路线：从影响范围边缘沿道路到最近的避险点，不再碰到影响范围，走离道路前不涉水；避险点在路旁、9 度以下、洪水淹没区和所有危险范围（含 25 米）之外；有这样地方的村各设一处。',
    en: 'Ways out: from the edge of the area along roads to the nearest refuge, never touching the area again, wading through no water on the way to the road; refuges are beside a road, on less than 9°, outside the flood plain and 25 m from every hazard area; one in each village that has such a place.',
  },
  {
    zh: '避难场所：每乡镇一处，5 度以下，在洪水淹没区外、高出所入河道 5 米以上、路旁、所有危险范围之外，离驻地最近。',
    en: 'Shelters: one for each township, on less than 5°, outside the flood plain and at least 5 m above the water it drains to, beside a road, outside every hazard area, nearest to the seat.',
  },
  {
    zh: '山洪危险区：房屋高出 1.5–120 平方公里的溪沟不足 4.5 米、离沟 150 米以内；每村取人最多的一处。准备转移、立即转移雨量约一成至四分之一未核定（空白）。',
    en: 'Flash-flood zones: houses less than 4.5 m above a stream of 1.5–120 km² and within 150 m of it; the one with most people in each village. A tenth to a quarter of the rainfall thresholds are blank: nobody has set them.',
  },
  {
    zh: '重大危险源：4 处在化工园区（县城附近、离房屋最远的平地），液化气站、油库、冷库在县城边；都在洪水淹没区外。',
    en: 'Major hazard sources: four in the chemical park (level ground near the county town, away from houses), a gas station, an oil depot and a cold store at the edge of the town; outside the flood plain.',
  },
  {
    zh: '370 兆固定台：由能通视人口最多的山头依次选出；地震仪：路旁缓坡基岩，三处相距最远；气象站：县城国家站、各驻地、其余补在空白处；水文站：各驻地附近最大的河。',
    en: 'Radio stations: hilltops, each the one that sees most people not reached yet; seismic instruments: on rock by a road, as far apart as can be; weather stations: the national one in town, one at each seat, the rest where none is near; river gauges: on the largest river near each seat.',
  },
  {
    zh: '人员写“岗位＋编号”，同一人在各表相同。电话以 000 开头：00 是国际冠码，世界上没有以 0 开头的国家码（E.164），谁也拨不通。',
    en: 'Persons are posts with numbers, the same person in every register. Telephone numbers begin with 000: 00 dials abroad and no country’s code begins with 0 (E.164), so they reach no one.',
  },
  {
    zh: '每十行有一行没有坐标或三年以上未更新（乡镇、水库、尾矿库、避险点、避难场所、桥梁、队伍只有后一种）。没有坐标的地灾点仍有影响范围和撤离路线：勘查成果里有，台账没有抄。',
    en: 'One row in ten has no position or was not looked at for three years and more (townships, reservoirs, ponds, refuges, shelters, bridges and teams only the latter). Geohazard points without a position still have their area and way out: the survey had them, nobody copied the point.',
  },
]
