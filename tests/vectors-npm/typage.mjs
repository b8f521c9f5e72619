// Runs the age-encryption package for tests: node typage.mjs encrypt RECIPIENT | decrypt IDENTITY, from standard input
// to standard output.
import { Decrypter, Encrypter } from "age-encryption";

const [, , work, key] = process.argv;
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const input = new Uint8Array(Buffer.concat(chunks));
if (work === "encrypt") {
  const encrypter = new Encrypter();
  encrypter.addRecipient(key);
  process.stdout.write(await encrypter.encrypt(input));
} else {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  process.stdout.write(await decrypter.decrypt(input));
}
