/** Numbers as fonts write them: the most significant byte first. */

export class ByteReader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  skip(bytes: number): void {
    this.at += bytes;
  }

  /** The next so many bytes. Throws when there are fewer. */
  take(bytes: number): Buffer {
    if (this.at + bytes > this.#bytes.length) throw new RangeError("A font ends before it should.");
    this.at += bytes;
    return this.#bytes.subarray(this.at - bytes, this.at);
  }

  u8 = (): number => this.take(1).readUInt8();
  u16 = (): number => this.take(2).readUInt16BE();
  i16 = (): number => this.take(2).readInt16BE();
  u32 = (): number => this.take(4).readUInt32BE();
  ascii = (bytes: number): string => this.take(bytes).toString("latin1");

  /** Seven bits a byte, the highest one saying that more follow. */
  base128(): number {
    let value = 0;
    for (let bytes = 0; bytes < 5; bytes += 1) {
      const byte = this.u8();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw new RangeError("A number in a font has no end.");
  }

  /** One byte up to 252, two or three above. */
  u255(): number {
    const code = this.u8();
    if (code === 253) return this.u16();
    if (code === 254) return this.u8() + 506;
    if (code === 255) return this.u8() + 253;
    return code;
  }
}

function written(values: readonly number[], size: number, write: (buffer: Buffer, value: number, at: number) => void) {
  const buffer = Buffer.alloc(values.length * size);
  values.forEach((value, index) => void write(buffer, value, index * size));
  return buffer;
}

export const u8 = (...values: number[]) => written(values, 1, (buffer, value, at) => buffer.writeUInt8(value, at));
export const u16 = (...values: number[]) => written(values, 2, (buffer, value, at) => buffer.writeUInt16BE(value, at));
export const i16 = (...values: number[]) => written(values, 2, (buffer, value, at) => buffer.writeInt16BE(value, at));
export const u32 = (...values: number[]) => written(values, 4, (buffer, value, at) => buffer.writeUInt32BE(value, at));
export const joined = (parts: readonly Buffer[]): Buffer => Buffer.concat([...parts]);
