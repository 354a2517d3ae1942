// The third door of model: opened by find/ alone, to carry secrets between the threads of this process. A packed secret is
// plain data because threads can exchange nothing else; it is made right before the message and opened right behind it.
export { type PackedSecret, packSecret, unpackSecret } from './secret.ts';
