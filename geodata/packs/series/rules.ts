import type { Text } from '../../../server/contract/errors.ts'

/** How the readings of the storm are made, as `SOURCES.md` tells it. */
export const SERIES_RULES: readonly Text[] = [
  {
    zh: '降雨：若干移动雨团（高斯剖面）先后过境，主雨带在第二夜；各站取所在点的雨强，0.1 毫米翻斗。',
    en: 'Rain: patches with a Gaussian profile cross the county, the main ones in the second night; each station has the rain of its place, in tips of 0.1 mm.',
  },
  {
    zh: '河道水位：子流域面雨量按 SCS 曲线数法（CN 70）产流，三级线性水库（Nash）汇流，自上游站演进到下游站，曼宁公式换算水深；零点为河床。',
    en: 'River stage: rain on each sub-basin runs off by the SCS curve number (70), through three linear stores (Nash), is routed from gauge to gauge, and becomes a depth by Manning’s formula; zero is the bed.',
  },
  {
    zh: '水库水位：来水减出水的水量平衡，汛限以上溢洪道按 c·h^1.5 下泄。',
    en: 'Reservoir level: the balance of what comes and goes; above the limit level the spillway takes c·h^1.5.',
  },
  {
    zh: '尾矿库：水位由汇水与排洪能力得出，干滩随水位退缩，浸润线（读数为埋深）滞后约半天；一座头顶库排水设施按部分堵塞计，水位升到橙红之间。',
    en: 'Tailings ponds: level from catchment and drainage; the beach shrinks with it; the phreatic line (read as depth below the surface) follows half a day later. The drain of one pond above heads is half blocked: its level comes between orange and red.',
  },
  {
    zh: '地质灾害：前期雨量（18 小时记忆）超过界限后蠕动加快；三处按 a·ln(tf/(tf−t)) 加速直至破坏，之后设备无数据；泥石流沟一小时雨量超过 24 毫米起动。',
    en: 'Slopes creep faster once the rain remembered over 18 hours passes a bound; three accelerate to failure by a·ln(tf/(tf−t)) and are silent afterwards; gullies run with debris from 24 mm in an hour.',
  },
  {
    zh: '雨量读数为 10 分钟雨量，台账里雨量计的阈值为 1 小时雨量。空白是没有数据，不是 0；登记为“数据中断”的一直空白，另有约 7% 的设备在主雨夜中断数小时。',
    en: 'Rain is read as mm in 10 minutes; thresholds of rain gauges in the register are mm in 1 hour. A blank is no data, never 0: those registered as silent are blank throughout, and about 7 % of the others fall silent for some hours in the main night.',
  },
]
