// Writes zips of every kind that a test wants, also such as no honest tool makes. APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  readonly name: string | Buffer;
  readonly content: string | Uint8Array;
  readonly stored?: boolean;
  /** Sizes and checksum stand behind the content, and not before it. */
  readonly descriptor?: boolean;
  readonly encrypted?: boolean;
  readonly method?: number;
  readonly zip64?: boolean;
  /** What the directory says of its unpacked size. */
  readonly claims?: number;
}

export function zip(files: readonly ZipFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const [local, central] = written(file, offset);
    locals.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  const big = files.some((file) => file.zip64 === true);
  end.writeUInt16LE(big ? 0xffff : files.length, 8);
  end.writeUInt16LE(big ? 0xffff : files.length, 10);
  end.writeUInt32LE(big ? 0xffffffff : central.length, 12);
  end.writeUInt32LE(big ? 0xffffffff : offset, 16);
  return Buffer.concat([
    ...locals,
    central,
    ...(big ? zip64End(files.length, central.length, offset) : []),
    end,
  ]);
}

function written(file: ZipFile, offset: number): [local: Buffer, central: Buffer] {
  const content = Buffer.from(file.content as Uint8Array);
  const name = Buffer.from(file.name as Uint8Array);
  const packed = file.stored === true ? content : deflateRawSync(content);
  const method = file.method ?? (file.stored === true ? 0 : 8);
  const flags = (file.encrypted === true ? 1 : 0) | (file.descriptor === true ? 8 : 0);
  const size = file.claims ?? content.length;
  const sum = crc32(content);
  const known = Buffer.alloc(12);
  known.writeUInt32LE(sum, 0);
  known.writeUInt32LE(packed.length, 4);
  known.writeUInt32LE(size, 8);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(45, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  if (file.descriptor !== true) known.copy(local, 14);
  local.writeUInt16LE(name.length, 26);
  const extra = Buffer.alloc(file.zip64 === true ? 28 : 0);
  if (file.zip64 === true) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(size), 4);
    extra.writeBigUInt64LE(BigInt(packed.length), 12);
    extra.writeBigUInt64LE(BigInt(offset), 20);
  }
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(45, 4);
  central.writeUInt16LE(45, 6);
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  known.copy(central, 16);
  if (file.zip64 === true) {
    central.writeUInt32LE(0xffffffff, 20);
    central.writeUInt32LE(0xffffffff, 24);
  }
  central.writeUInt16LE(name.length, 28);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(file.zip64 === true ? 0xffffffff : offset, 42);
  const signature = Buffer.from([0x50, 0x4b, 0x07, 0x08]);
  const behind = file.descriptor === true ? [signature, known] : [];
  return [Buffer.concat([local, name, packed, ...behind]), Buffer.concat([central, name, extra])];
}

function zip64End(count: number, size: number, offset: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
