import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';

/** A JWK set as text: the Ed25519 public key of every issuer (`kid` = its name), and the private key of this one. */
export type ContextKeysText = string;

/** The keys a service signs its contexts with and checks those of others by. */
export class ContextKeys {
  private constructor(
    readonly issuer: string,
    readonly privateKey: KeyObject,
    private readonly publicKeys: ReadonlyMap<string, KeyObject>,
  ) {}

  /** Reads a service's key set; throws naming the variable when the service's own key is missing. */
  static read(issuer: string, json: ContextKeysText): ContextKeys {
    const { keys } = JSON.parse(json) as { keys: (JsonWebKey & { kid: string; d?: string })[] };
    const own = keys.find((key) => key.kid === issuer && key.d);
    if (!own) throw new Error(`CONTEXT_KEYS holds no private key with kid "${issuer}"`);
    const publicKeys = keys.map(({ d: _, ...key }) => [key.kid, createPublicKey({ key, format: 'jwk' })] as const);
    return new ContextKeys(issuer, createPrivateKey({ key: own, format: 'jwk' }), new Map(publicKeys));
  }

  publicKeyOf(issuer: string): KeyObject | undefined {
    return this.publicKeys.get(issuer);
  }
}

/** New key sets for an installation: one text per issuer, each with its own private key and everybody's public ones. */
export function generateContextKeys(issuers: readonly string[]): Record<string, ContextKeysText> {
  const pairs = issuers.map((kid) => ({ kid, ...generateKeyPairSync('ed25519') }));
  const publicOnes = pairs.map(({ kid, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid }));
  return Object.fromEntries(
    pairs.map(({ kid, privateKey }) => [
      kid,
      JSON.stringify({
        keys: [...publicOnes.filter((key) => key.kid !== kid), { ...privateKey.export({ format: 'jwk' }), kid }],
      }),
    ]),
  );
}
