import { choice, date, flag, number, person, phone, ref, text, whole } from './column.ts'
import { owner, state, township } from './common.ts'
import type { Register } from './register.ts'

const BOOK = '03-物资储备'

/** Whose stock it is, by tier of storage. */
const TIERS = [
  ['county', '县级', 'county'],
  ['city', '市级', 'city'],
  ['township', '乡镇前置', 'forward, in a township'],
  ['commercial', '商业', 'trade'],
  ['enterprise', '企业', 'enterprise'],
  ['social', '社会', 'voluntary'],
  ['household', '家庭', 'household'],
] as const

export const stores: Register = {
  key: 'stores',
  sheet: { zh: '储备库', en: 'Stores' },
  book: BOOK,
  position: 'expected',
  symbol: { code: 'D30100', group: 'resource', label: { zh: '物资', en: 'STOCK' } },
  columns: [
    choice('tier', ['储备层级', 'Tier'], TIERS, ['物资归谁管', 'Whose stock it is'], { also: ['层级'] }),
    owner,
    township,
    number('areaM2', ['库房面积', 'Floor area'], 'm2', ['能放物资的面积', 'Where stock can stand'], '600'),
    person('keeper', ['保管员', 'Keeper'], ['写岗位或姓名', 'Post or name'], '保管员 000', {
      also: ['库管员'],
    }),
    phone(
      'keeperPhone',
      ['保管员电话', 'Phone of keeper'],
      ['夜里能叫开门的号码', 'Who opens the door at night'],
      '000-0000-0000',
    ),
    phone(
      'dutyPhone',
      ['值班电话', '24 h phone'],
      ['24 小时有人接', 'Answered day and night'],
      '000-0000-0000',
    ),
    number(
      'openMin',
      ['开库时间', 'Opened in'],
      'min',
      ['接令到开始装车', 'From the order to the first load'],
      '20',
      { max: 1440 },
    ),
    number('loadTph', ['装车能力', 'Loads per hour'], 't', ['每小时装多少吨', 'Tonnes per hour'], '12'),
    whole(
      'trucks',
      ['可调货车', 'Lorries at hand'],
      'vehicles',
      ['自有或签约', 'Its own or by contract'],
      '3',
    ),
    number(
      'maxVehicleT',
      ['可进车辆总质量', 'Takes vehicles up to'],
      't',
      ['门口道路允许的最大车', 'The largest that the road to the door bears'],
      '20',
    ),
    flag('forklift', ['有叉车', 'Forklift'], ['是或否', 'Yes or no'], '是'),
    state,
  ],
}

export const stock: Register = {
  key: 'stock',
  sheet: { zh: '物资明细', en: 'Stock' },
  book: BOOK,
  position: 'none',
  columns: [
    ref('store', 'stores', ['所在库', 'Store'], ['储备库的编号', 'Id of the store'], '示例-储备库', {
      needed: true,
      also: ['储备库', '仓库', '存放地点'],
    }),
    choice(
      'class',
      ['应急物资大类', 'Class'],
      [
        ['1', '基本生活保障物资', 'basic living'],
        ['2', '应急装备及配套物资', 'emergency equipment'],
        ['3', '工程材料与机械加工设备', 'materials and machines'],
      ],
      ['按 GB/T 38565-2020 的三个大类', 'The three classes of GB/T 38565-2020'],
      { needed: true, also: ['类别', '大类'] },
    ),
    text(
      'code',
      ['物资编码', 'Code'],
      ['GB/T 38565-2020 的七位编码；没核对就留空', 'Seven digits of GB/T 38565-2020; blank until checked'],
      '',
      {
        also: ['编码'],
      },
    ),
    choice(
      'use',
      ['用途', 'Use'],
      [
        ['tent', '帐篷', 'tent'],
        ['cot', '折叠床', 'cot'],
        ['quilt', '被褥', 'quilt'],
        ['coat', '棉大衣', 'winter coat'],
        ['water', '饮用水', 'drinking water'],
        ['food', '食品', 'food'],
        ['toilet', '移动厕所', 'toilet'],
        ['light', '照明', 'light'],
        ['power', '发电', 'power'],
        ['pump', '排水', 'pump'],
        ['boat', '舟艇', 'boat'],
        ['lifejacket', '救生衣圈', 'life jacket or ring'],
        ['tool', '抢险工具', 'tool'],
        ['fire', '灭火', 'fire fighting'],
        ['comms', '通信', 'communications'],
        ['protect', '个人防护', 'protection'],
        ['medical', '医药', 'medical'],
        ['sandbag', '编织袋砂石', 'sandbags'],
        ['material', '工程材料', 'material'],
        ['machine', '机械', 'machine'],
      ],
      ['测算时按用途合计', 'Sums are made by use'],
    ),
    number('quantity', ['数量', 'Quantity'], undefined, ['账实相符的数量', 'As counted'], '200', {
      needed: true,
      also: ['库存', '库存数量'],
    }),
    text('unit', ['计量单位', 'Unit'], ['顶、床、件、箱', 'Piece, set, box'], '顶', { also: ['单位'] }),
    number(
      'packSize',
      ['每包数量', 'In a pack'],
      undefined,
      ['不拆包发放的最小数量', 'Given out in wholes of this many'],
      '1',
    ),
    text('spec', ['规格', 'Specification'], ['铭牌或合同', 'On its plate or contract'], '12 平方米单帐篷'),
    number(
      'unitKg',
      ['单件重量', 'Weight of one'],
      undefined,
      ['公斤，装车用', 'Kilograms, for loading'],
      '45',
    ),
    date(
      'expires',
      ['有效期至', 'Good until'],
      ['不过期的留空', 'Blank when it does not expire'],
      '2028-12-31',
      { also: ['保质期', '到期日期'] },
    ),
    date('counted', ['最近盘点', 'Counted'], ['日期', 'Day'], '2026-06-30', { also: ['盘点日期'] }),
    choice(
      'state',
      ['状态', 'State'],
      [
        ['good', '完好', 'good'],
        ['reserved', '已预留', 'reserved'],
        ['moving', '在途', 'in transit'],
        ['unfit', '待报废', 'unfit'],
      ],
      ['只有完好的能调用', 'Only what is good is given out'],
    ),
  ],
}
