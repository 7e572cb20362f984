// The contents of an HDF5 file: groups, datasets, attributes.

/** Numbers of the kinds that are written. float16 is read into a Float32Array. */
export type NumberArray =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** NumPy's names of the kinds of numbers. */
export type NumberKind =
  | 'float16'
  | 'float32'
  | 'float64'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64';

/** A scalar, or the elements of an array in row-major order. */
export type AttributeValue = string | number | bigint | readonly string[] | NumberArray;

export type Attributes = ReadonlyMap<string, AttributeValue>;

export interface Group {
  readonly kind: 'group';
  /** From the root: '' is the root itself, then 'layers/dense/vars'. */
  readonly path: string;
  readonly attributes: Attributes;
  readonly children: ReadonlyMap<string, Group | Dataset>;
}

export interface Dataset {
  readonly kind: 'dataset';
  readonly path: string;
  readonly attributes: Attributes;
  /** [] for a scalar. */
  readonly shape: readonly number[];
  readonly dtype: NumberKind;
  /** The elements in row-major order, in an array of their own. */
  read(): Promise<NumberArray>;
}

/** A group to write; children are written in the order of their names, as HDF5 wants them. */
export interface NewGroup {
  readonly attributes?: Attributes;
  readonly children?: ReadonlyMap<string, NewGroup | NewDataset>;
}

/** A dataset to write: `data` in row-major order, its kind of array gives the type. */
export interface NewDataset {
  readonly attributes?: Attributes;
  readonly shape: readonly number[];
  readonly data: NumberArray;
}

export interface Hdf5Limits {
  /** The name of the file in errors. Default 'weights file'. */
  readonly file?: string;
  /** Bytes of all datasets together, as they are in memory. Default 2 GiB. */
  readonly maxBytes?: number;
  /** Bytes of datasets that the file does not store, which are filled with one value. Default 16 MiB. */
  readonly maxFilledBytes?: number;
  /** Groups and datasets. Default 200,000. */
  readonly maxObjects?: number;
  /** Groups inside one another. Default 64. */
  readonly maxDepth?: number;
  /** Bytes of one attribute. Default 64 MiB. */
  readonly maxAttributeBytes?: number;
}
