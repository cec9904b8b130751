import { expect } from "chai";
import fc from "fast-check";
import { networkOf, RateLimit } from "../../../server/http/limits.ts";

describe("A limit", () => {
  it("never grants more than was said in any stretch of time", () => {
    const steps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (waits) => {
        let now = 0;
        const limit = new RateLimit({ times: 5, perMs: 1_000 }, () => now);
        const granted: number[] = [];
        for (const wait of waits) {
          now += wait;
          if (limit.take("a")) granted.push(now);
        }
        for (const from of granted) {
          const within = granted.filter((at) => at >= from && at < from + 1_000).length;
          expect(within).to.be.at.most(10);
        }
        const most = 5 + Math.ceil(now / 200);
        expect(granted.length).to.be.at.most(most);
      }),
    );
  });

  it("is full again after its time, and each key has its own", () => {
    let now = 0;
    const limit = new RateLimit({ times: 2, perMs: 1_000 }, () => now);
    expect([limit.take("a"), limit.take("a"), limit.take("a"), limit.take("b")]).to.deep.equal([
      true,
      true,
      false,
      true,
    ]);
    expect(limit.waitSeconds("a")).to.equal(1);
    now = 1_000;
    expect([limit.take("a"), limit.take("a"), limit.take("a")]).to.deep.equal([true, true, false]);
  });

  it("gives back what need not have been counted, and no more than that", () => {
    const limit = new RateLimit({ times: 1, perMs: 1_000 }, () => 0);
    limit.take("a");
    limit.giveBack("a");
    limit.giveBack("a");
    expect([limit.take("a"), limit.take("a")]).to.deep.equal([true, false]);
  });
});

describe("The network of an address", () => {
  const examples: [string | undefined, string][] = [
    ["198.51.100.7", "198.51.100.7"],
    ["::ffff:198.51.100.7", "198.51.100.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:DB8:1:2:aaaa::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:0db8:0001:0002::", "2001:db8:1:2::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    [undefined, "unknown"],
  ];
  for (const [address, network] of examples) {
    it(`${address} is ${network}`, () => expect(networkOf(address)).to.equal(network));
  }
});
