import { choice, flag, line, number, person, phone, ref, text, whole } from './column.ts'
import { answerable, answerablePhone, downstreamVillages, dutyPhone, owner, township } from './common.ts'
import type { Register } from './register.ts'

/** 尾矿库: what the county and the pond's 一库一策 must know in one row. */
export const tailingsPonds: Register = {
  key: 'tailingsPonds',
  sheet: { zh: '尾矿库', en: 'Tailings ponds' },
  book: '04-矿山与危险源',
  position: 'expected',
  symbol: { code: 'B10100', group: 'hazard', label: { zh: '尾矿', en: 'TSF' } },
  columns: [
    ref('mine', 'mines', ['所属矿山', 'Mine'], ['矿山的编号', 'Id of the mine'], '示例-矿山'),
    text('concentrator', ['选矿厂', 'Concentrator'], ['排尾的选厂', 'The plant it serves'], '示例选厂'),
    line(
      'slurryLine',
      ['输尾管线', 'Slurry line'],
      ['自选矿厂到尾矿库的折线', 'From the concentrator to the pond'],
      '82.798000,38.903000; 82.800000,38.900000',
    ),
    owner,
    township,
    choice(
      'class',
      ['等别', 'Class'],
      [
        ['5', '五等', '5'],
        ['4', '四等', '4'],
        ['3', '三等', '3'],
        ['2', '二等', '2'],
        ['1', '一等', '1'],
      ],
      ['按全库容与坝高', 'By volume and height of dam'],
    ),
    flag(
      'headPond',
      ['是否头顶库', 'Above heads'],
      [
        '初期坝坡脚起沿下泄路径 1 千米内有居民或重要设施',
        'Residents or important facilities within 1 km down the flow path',
      ],
      '是',
      {
        also: ['头顶库'],
      },
    ),
    whole(
      'peopleWithin1km',
      ['下游 1 千米受影响人数', 'People within 1 km'],
      'people',
      ['沿下泄路径 1 千米内常住人数', 'Residents within 1 km down the flow path'],
      '126',
      {
        also: ['下游1000米受影响人数'],
      },
    ),
    downstreamVillages,
    line(
      'flowPath',
      ['下泄路径', 'Flow path'],
      ['自初期坝坡脚往下游的折线', 'From the toe of the starter dam downstream'],
      '82.800000,38.900000; 82.802000,38.898000',
      {
        also: ['溃坝路径'],
      },
    ),
    number(
      'evacuateMin',
      ['步行撤离用时', 'Walked out in'],
      'min',
      ['实际走过一遍的时间', 'As once walked'],
      '18',
    ),
    number('heightM', ['现状坝高', 'Height'], 'm', ['现在的总坝高', 'Of the dam today'], '42.5'),
    number('designHeightM', ['设计坝高', 'Design height'], 'm', ['最终坝高', 'At the end'], '60'),
    number('volumeWanM3', ['现状库容', 'Volume'], 'wanM3', ['已堆存', 'Filled so far'], '86.4'),
    number('designVolumeWanM3', ['设计库容', 'Design volume'], 'wanM3', ['全库容', 'Total'], '190'),
    choice(
      'method',
      ['筑坝方式', 'Built'],
      [
        ['upstream', '上游式', 'upstream'],
        ['centreline', '中线式', 'centreline'],
        ['downstream', '下游式', 'downstream'],
        ['once', '一次筑坝', 'in one lift'],
        ['dry', '干式堆存', 'dry stacked'],
      ],
      ['按设计', 'As designed'],
    ),
    number('crestM', ['坝顶标高', 'Crest'], 'm', ['海拔', 'Above the sea'], '1242.5', { min: -200 }),
    number('designLevelM', ['设计洪水位', 'Design flood level'], 'm', ['海拔', 'Above the sea'], '1241.2', {
      min: -200,
    }),
    number('waterLevelM', ['现状库水位', 'Water level'], 'm', ['最近一次观测', 'As last read'], '1239.8', {
      min: -200,
    }),
    number('minFreeboardM', ['最小安全超高', 'Least freeboard'], 'm', ['设计值', 'As designed'], '0.5'),
    number('minBeachM', ['最小干滩长度', 'Least dry beach'], 'm', ['设计值', 'As designed'], '50'),
    whole('floodYears', ['防洪标准', 'Design flood'], 'years', ['设计洪水重现期', 'Return period'], '200'),
    text('drainage', ['排洪系统', 'Flood drainage'], ['形式与位置', 'Its kind and place'], '排水井—隧洞'),
    number('drainageM3s', ['泄洪能力', 'Drains'], 'm3s', ['设计泄量', 'As designed'], '8.6'),
    number('catchmentKm2', ['汇水面积', 'Catchment'], 'km2', ['坝址以上', 'Above the dam'], '0.8'),
    flag(
      'monitored',
      ['在线监测', 'Monitored'],
      ['是否接入监测平台', 'Whether its data reach the platform'],
      '是',
      { also: ['是否在线监测'] },
    ),
    flag('siren', ['下游警报器', 'Siren'], ['下游能听到', 'Heard downstream'], '是'),
    text(
      'stockOnDam',
      ['坝上备料', 'Stock on the dam'],
      ['砂石、编织袋、水泵等', 'Sand, bags, pumps'],
      '砂石 300 立方米、编织袋 5000 条、水泵 2 台',
    ),
    person('chief', ['库长', 'Pond chief'], ['写岗位或姓名', 'Post or name'], '库长 000'),
    phone(
      'chiefPhone',
      ['库长电话', 'Phone of chief'],
      ['能随时打通', 'Answered at any hour'],
      '000-0000-0000',
    ),
    { ...answerable, head: { zh: '包保责任人', en: 'Answerable official' }, also: ['责任人'] },
    text('answerablePost', ['包保人职务', 'His post'], ['职务', 'Post'], '副县长'),
    answerablePhone,
    dutyPhone,
    text('designer', ['设计单位', 'Designer'], ['溃坝时要找的设计院', 'The institute to call'], '示例设计院'),
    choice(
      'state',
      ['运行状况', 'State'],
      [
        ['running', '运行', 'running'],
        ['stopped', '停用', 'out of use'],
        ['closed', '闭库', 'closed'],
      ],
      ['停用和闭库的仍有水', 'Those out of use still hold water'],
    ),
  ],
}
