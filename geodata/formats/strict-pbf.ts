import { PbfReader } from 'pbf'
import { damaged } from './varint.ts'

/** `pbf` reads past the end of its bytes without a word; this one checks every length. */
export class StrictPbf extends PbfReader {
  /**
   * Calls `field(number, wireType)` for each field up to `end`; the callback returns false for a field it
   * does not read, which is then skipped.
   */
  fields(end: number, field: (no: number, wireType: number) => boolean | void): void {
    if (!(end <= this.length)) throw damaged('长度越界', 'a length runs past the end')
    while (this.pos < end) {
      const tag = this.varint()
      const wireType = tag & 7
      if (field(Math.floor(tag / 8), wireType) === false) this.skipField(wireType)
    }
    if (this.pos !== end) throw damaged('字段越界', 'a field runs past its message')
  }

  varint(signed = false): number {
    let value: number
    try {
      value = this.readVarint(signed)
    } catch {
      throw damaged('变长整数过长', 'a varint is longer than 10 bytes')
    }
    if (this.pos > this.length) throw damaged('变长整数越界', 'a varint runs past the end')
    return value
  }

  svarint(): number {
    const value = this.varint()
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2
  }

  /** The end of the length-delimited field whose length comes next. */
  fieldEnd(wireType: number): number {
    if (wireType !== 2) throw damaged('字段类型不符', 'a field has the wrong wire type')
    const length = this.varint()
    const end = this.pos + length
    if (!(end <= this.length)) throw damaged('长度越界', 'a length runs past the end')
    return end
  }

  bytes(wireType: number): Uint8Array {
    const end = this.fieldEnd(wireType)
    const part = this.buf.subarray(this.pos, end)
    this.pos = end
    return part
  }

  text(wireType: number): string {
    return new TextDecoder().decode(this.bytes(wireType))
  }

  private skipField(wireType: number): void {
    if (wireType === 0) this.varint()
    else if (wireType === 1) this.pos += 8
    else if (wireType === 2) this.pos = this.fieldEnd(2)
    else if (wireType === 5) this.pos += 4
    else throw damaged('未知的字段类型', 'a field has an unknown wire type')
  }
}
