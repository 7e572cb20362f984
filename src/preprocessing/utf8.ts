/** The bytes of a text in UTF-8; a lone surrogate becomes U+FFFD. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
