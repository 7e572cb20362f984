// Attributes: small values beside a group or dataset (HDF5 File Format Specification 3.0, IV.A.2.m).
import { countOf, isText, shapeOf, type TextType, typeOf } from './datatype.ts';
import type { GlobalHeaps } from './global-heap.ts';
import { numbersOf } from './numbers.ts';
import { padded } from './output.ts';
import { type Fields, RAISE, textOf } from './source.ts';
import type { AttributeValue } from './tree.ts';

const MAX_ATTRIBUTE = 2 ** 26;
const MAX_NAME = 1024;

export function attributeOf(message: Fields, heaps: GlobalHeaps): [name: string, value: AttributeValue] {
  const { source, at } = message;
  const version = message.number(1);
  if (version < 1 || version > 3) source.refuse(`version ${version} of an attribute`, at);
  if (message.number(1) !== 0 && version > 1) source.refuse('an attribute of a committed type', at);
  const [nameSize, typeSize, shapeSize] = [message.number(2), message.number(2), message.number(2)];
  if (version === 3) message.skip(1); // ASCII is UTF-8
  const room = (size: number) => (version === 1 ? padded(size) : size);
  const nameField = message.inner(room(nameSize), 'the name of an attribute');
  if (nameSize < 2 || nameSize > MAX_NAME + 1 || source.bytes[nameField.at + nameSize - 1] !== 0) {
    source.refuse(`a name of ${nameSize} bytes of an attribute`, nameField.at);
  }
  const name = nameField.text(nameSize - 1);
  const type = typeOf(message.inner(room(typeSize), `the type of attribute '${name}'`));
  const shapeField = message.inner(room(shapeSize), `the shape of attribute '${name}'`);
  const shape = shapeOf(shapeField);
  const count = countOf(shapeField, shape, type.size);
  const most = source.limits.maxAttributeBytes ?? MAX_ATTRIBUTE;
  if (count * type.size > most)
    source.refuse(`attribute '${name}' of ${count * type.size} bytes (at most ${most} are read, maxAttributeBytes)`, at, RAISE);
  const bytes = message.inner(count * type.size, `attribute '${name}'`);
  if (isText(type)) {
    const texts = type.kind === 'text' ? shortTexts(bytes, count, type) : longTexts(bytes, count, heaps, most);
    return [name, shape.length === 0 ? texts[0] : texts];
  }
  const numbers = numbersOf(bytes.bytes(count * type.size), type);
  return [name, shape.length === 0 ? numbers[0] : numbers];
}

/** Texts padded with NUL or ended by one; those padded with blanks, as Fortran does, keep them. */
function shortTexts(bytes: Fields, count: number, { size }: TextType): string[] {
  return Array.from({ length: count }, () => {
    const at = bytes.at;
    const place = bytes.bytes(size);
    const end = place.indexOf(0);
    return textOf(bytes.source, end < 0 ? place : place.subarray(0, end), at);
  });
}

function longTexts(bytes: Fields, count: number, heaps: GlobalHeaps, most: number): string[] {
  let total = 0;
  return Array.from({ length: count }, () => {
    const at = bytes.at;
    const size = bytes.number(4);
    const address = bytes.address();
    const index = bytes.number(4);
    total += size;
    if (total > most) bytes.source.refuse(`an attribute of more than ${most} bytes (maxAttributeBytes)`, at, RAISE);
    return size === 0 ? '' : heaps.text(address, index, size, at);
  });
}
