/** Verifies a signed badge as somebody else would: by did-jwt, which knows nothing of the library that signed. */
import { expect } from "chai";
import { decodeJWT, verifyJWT } from "did-jwt";

// biome-ignore lint/suspicious/noExplicitAny: a document from outside, as whoever checks it gets it
type Json = any;

/**
 * Signature by the key that the issuer publishes, and the dates. Throws when either is wrong.
 *
 * @param json fetches a published document by its address
 * @param now seconds since 1970, in place of this moment
 */
export async function verifyBadge(jwt: string, json: (address: string) => Promise<Json>, now?: number) {
  const { header, payload } = decodeJWT(jwt);
  const document = await json(String(payload.iss));
  expect(document.id).to.equal(payload.iss);
  const method = document.verificationMethod.find(({ id }: Json) => id === header.kid);
  expect(document.assertionMethod).to.include(header.kid);
  expect(await json(String(header.kid))).to.deep.equal(method.publicKeyJwk);
  // The library asks for a DID; this is how the issuer's address is written as one.
  const did = `did:web:${String(payload.iss)
    .replace(/^https?:\/\//, "")
    .replace(":", "%3A")
    .replaceAll("/", ":")}`;
  return verifyJWT(jwt, {
    resolver: { resolve: () => Promise.reject(new Error("The key was handed over.")) },
    didAuthenticator: {
      authenticators: [method],
      issuer: did,
      didResolutionResult: { didResolutionMetadata: {}, didDocument: document, didDocumentMetadata: {} },
    },
    policies: now === undefined ? {} : { now },
  });
}
