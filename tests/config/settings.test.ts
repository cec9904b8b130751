import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { readSettings, SettingsError } from "../../config/settings.ts";

function refusalOf(env: Record<string, string>): string {
  try {
    readSettings(env);
  } catch (fault) {
    if (fault instanceof SettingsError) return fault.message;
    throw fault;
  }
  return "nothing was refused";
}

describe("The settings", () => {
  it("have defaults that serve this machine alone", () => {
    const settings = readSettings({});
    expect(settings).to.include({
      port: 3000,
      host: "127.0.0.1",
      listenIp: "127.0.0.1",
      trustProxy: false,
      demo: false,
    });
    expect(settings.dataDir).to.equal(resolve("data"));
    expect(settings.graceMs).to.equal(8_000);
  });

  it("take an empty variable for one that is not set", () => {
    expect(readSettings({ PORT: "", PUBLIC_URL: "  ", TRUST_PROXY: "" })).to.include({ port: 3000, trustProxy: false });
  });

  for (const [name, wrong, expected] of [
    ["PORT", "80a", "a whole number from 0 to 65535"],
    ["PORT", "65536", "a whole number from 0 to 65535"],
    ["HOST", "a b", "an IP address or a host name"],
    ["PUBLIC_URL", "meet.example.org", "an address like https://meet.example.org"],
    ["PUBLIC_URL", "https://meet.example.org/rooms", "without a path"],
    ["TLS_CERT", "/nowhere/cert.pem", "a file that can be read"],
    ["TRUST_PROXY", "everyone", "a number of proxies, or a list"],
    ["TRUST_PROXY", "10.0.0.0/40", "a number of proxies, or a list"],
    ["FFMPEG_PATH", "/nowhere/ffmpeg", "a program that can be run"],
    ["MEDIASOUP_WORKER_BIN", "/etc/passwd", "a program that can be run"],
    ["LISTEN_IP", "localhost", "an IP address"],
    ["MEDIA_WORKERS", "0", "a whole number from 1 to 64"],
    ["MAIL_FROM", "letters at example.org", 'an address like "letters@example.org"'],
    ["MAIL_FROM", "Twinlight <a@b.org> Bcc: <c@d.org>", 'an address like "letters@example.org"'],
    ["SMTP_CA", "/nowhere/ca.pem", "a file that can be read"],
    ["LOG_LEVEL", "loud", "one of fatal, error, warn"],
    ["TWINLIGHT_DEMO", "yes", "1 (yes) or 0 (no)"],
    ["GRACE_MS", "-1", "a whole number from 0"],
    ["OIDC_ISSUER", "http://login.example.org", "an address like https://"],
    ["OIDC_ISSUER", "https://login.example.org/.well-known/openid-configuration", "an address like https://"],
    ["OIDC_SCOPES", "email profile", '"openid" among them'],
    ["OIDC_STAFF_VALUES", "staff,,teacher", "with commas between them"],
  ] as const) {
    it(`refuse ${name}=${wrong}, with the name and what was expected`, () => {
      expect(refusalOf({ [name]: wrong }))
        .to.match(new RegExp(`^${name} must be `))
        .and.to.contain(expected)
        .and.to.contain(wrong);
    });
  }

  for (const name of ["DATABASE_URL", "RECORDER_SECRET", "METRICS_TOKEN", "SECRETS_KEY"]) {
    it(`do not repeat a wrong ${name}, for it is a secret`, () => {
      const message = refusalOf({ [name]: "s3cret" });
      expect(message).to.contain(name);
      expect(message).not.to.contain("s3cret");
    });
  }

  it("name all that is wrong at once", () => {
    expect(refusalOf({ PORT: "x", LISTEN_IP: "y" }).split("\n")).to.have.length(2);
  });

  it("make single sign-on of what belongs together, and of nothing less", () => {
    const whole = {
      OIDC_ISSUER: "https://login.example.org/realm",
      OIDC_CLIENT_ID: "twinlight",
      OIDC_ROLE_CLAIM: "realm_access.roles",
      OIDC_STAFF_VALUES: "staff, head of school",
    };
    expect(readSettings({}).sso).to.equal(undefined);
    expect(readSettings(whole).sso).to.deep.include({
      issuer: "https://login.example.org/realm",
      clientSecret: undefined,
      scopes: "openid email profile",
      emailClaim: "email",
      staffValues: ["staff", "head of school"],
    });
    for (const name of Object.keys(whole)) expect(refusalOf({ ...whole, [name]: "" })).to.contain(name);
  });

  it("refuse what is right one by one and wrong together", () => {
    const folder = mkdtempSync(join(tmpdir(), "twinlight-settings-"));
    try {
      const cert = join(folder, "cert.pem");
      writeFileSync(cert, "");
      expect(refusalOf({ TLS_CERT: cert })).to.contain("both or neither");
    } finally {
      rmSync(folder, { recursive: true });
    }
    expect(refusalOf({ LISTEN_IP: "0.0.0.0" })).to.contain("ANNOUNCED_ADDRESS");
    expect(refusalOf({ MEDIA_PORT: "65535", MEDIA_WORKERS: "2" })).to.contain("MEDIA_PORT");
  });

  it("read how letters go out, and ask for what is missing", () => {
    const { mail } = readSettings({
      SMTP_URL: "smtps://letters%40example.org:p%3Ass%2Fw@mail.example.org",
      MAIL_FROM: "Twin Light <letters@example.org>",
    });
    expect(mail).to.deep.equal({
      server: {
        ...{ host: "mail.example.org", port: 465, secure: true },
        user: { name: "letters@example.org", password: "p:ss/w" },
      },
      caFile: undefined,
      from: { name: "Twin Light", address: "letters@example.org" },
    });
    expect(readSettings({ SMTP_URL: "smtp://[::1]", MAIL_FROM: "a@b" }).mail?.server).to.include({
      ...{ host: "::1", port: 587, secure: false },
    });
    expect(readSettings({}).mail).to.equal(undefined);
    expect(refusalOf({ SMTP_URL: "smtp://mail.example.org" })).to.contain("MAIL_FROM must be set too");
    for (const url of ["mail.example.org:587", "http://x", "smtp://u@x", "smtp://x/path", "smtp://u:%E0@x"]) {
      expect(refusalOf({ SMTP_URL: url, MAIL_FROM: "a@b" }), url).to.contain("SMTP_URL must be an address like");
    }
  });

  it("trust proxies by number or by address", () => {
    expect(readSettings({ TRUST_PROXY: "1" }).trustProxy).to.equal(1);
    expect(readSettings({ TRUST_PROXY: "none" }).trustProxy).to.equal(false);
    expect(readSettings({ TRUST_PROXY: "loopback, 10.1.0.0/16,::1" }).trustProxy).to.deep.equal([
      "loopback",
      "10.1.0.0/16",
      "::1",
    ]);
  });

  it("never throw anything but a refusal, whatever is set", () => {
    const names = [
      "PORT",
      "HOST",
      "PUBLIC_URL",
      "TRUST_PROXY",
      "LISTEN_IP",
      "ANNOUNCED_ADDRESS",
      "MEDIA_PORT",
      "LOG_LEVEL",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (env) => {
        refusalOf(env);
      }),
    );
  });
});
