/** Materials over http: what comes in and how it is kept, who sees and changes it, and what hostile files can do (nothing). */
import { readdir, readFile, utimes, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { expect } from "chai";
import sharp from "sharp";
import { materialsFound } from "../../../server/twinspace/materials/listing.ts";
import { sweepMaterials } from "../../../server/twinspace/materials/sweeping.ts";
import { type ActiveSpace, openSpace } from "../../support/activeSpace.ts";
import { somePdf } from "../../support/evidenceFiles.ts";
import { type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { good } from "../../support/projects.ts";
import { askOffset, beginUpload, cookiesOf, sendPiece, upload } from "../../support/uploading.ts";

const mega = 1_000_000;
const aPicture = (width = 640, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: "#2a6f97" } });

/** Taken in Aveiro by somebody's telephone, held upright. */
const aPhotograph = () =>
  aPicture(1600, 1200)
    .jpeg()
    .withExif({
      IFD0: { Artist: "Somebody's mother", Make: "A telephone" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "40/1 38/1 0/1", GPSLongitudeRef: "W", GPSLongitude: "8/1 39/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .toBuffer();

describe("materials of a TwinSpace", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let space: ActiveSpace;
  let other: ActiveSpace;
  let pupil: Awaited<ReturnType<ActiveSpace["pupil"]>>;
  const at = () => `/api/spaces/${space.id}`;

  before(async () => {
    front = await openFrontDoor({
      materialLimits: { quotaBytes: 30 * mega, fileBytes: 6 * mega, imageBytes: 2 * mega },
    });
    space = await openSpace(front);
    other = await openSpace(front, "other-rivers");
    pupil = await space.pupil("Kingfisher", "aveiro");
  });

  after(() => front.close());

  const send = (name: string, bytes: Buffer, browser = space.ana.browser, folder = "") =>
    upload(browser, front.url, space.id, name, bytes, folder);

  const taken = async (name: string, bytes: Buffer, browser = space.ana.browser) => {
    const { answer, material } = await send(name, bytes, browser);
    if (material === null) throw new Error(`${name} was not taken: ${answer.status} ${answer.text}`);
    return good(await space.ana.browser.get(`${at()}/materials/${material}`));
  };

  const fileOf = async (material: string, query = "", browser = space.ana.browser, headers = {}) => {
    const response = await fetch(`${front.url}${at()}/materials/${material}/file${query}`, {
      headers: { cookie: cookiesOf(browser), ...headers },
    });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };

  const kept = () => readdir(join(front.materialsFolder, space.id)).catch((): string[] => []);
  const underWay = () => readdir(join(front.materialsFolder, ".uploads")).catch((): string[] => []);

  describe("pictures", () => {
    it("are kept without place, owner and camera, upright, and in smaller sizes", async () => {
      const source = await aPhotograph();
      expect((await sharp(source).metadata()).exif, "the test's own picture says where it was taken").to.not.equal(
        undefined,
      );
      const material = await taken("beach.jpg", source);
      expect(material).to.include({ kind: "image", type: "image/jpeg", width: 1200, height: 1600 });
      expect(material.sizes).to.deep.equal([320, 1280]);
      for (const query of ["", "?size=320", "?size=1280"]) {
        const { bytes, headers } = await fileOf(material.id, query);
        const { exif, xmp, iptc, orientation, width = 0, height = 0 } = await sharp(bytes).metadata();
        expect({ exif, xmp, iptc }, query).to.deep.equal({ exif: undefined, xmp: undefined, iptc: undefined });
        expect(orientation ?? 1).to.equal(1);
        expect(height).to.be.greaterThan(width);
        expect(bytes.includes("Somebody")).to.equal(false);
        expect(headers.get("content-type")).to.equal(query ? "image/webp" : "image/jpeg");
      }
    });

    it("may move", async () => {
      const frames = await Promise.all(
        ["#f00", "#0f0", "#00f"].map((background) =>
          sharp({ create: { width: 400, height: 300, channels: 3, background } })
            .png()
            .toBuffer(),
        ),
      );
      const gif = await sharp(frames, { join: { animated: true } })
        .gif()
        .toBuffer();
      const material = await taken("waves.gif", gif);
      expect(material).to.include({ kind: "image", type: "image/gif", width: 400, height: 300 });
      expect((await sharp((await fileOf(material.id)).bytes).metadata()).pages).to.equal(3);
      expect((await sharp((await fileOf(material.id, "?size=320")).bytes).metadata()).pages).to.equal(3);
    });

    it("that are broken are refused, and nothing of them stays", async () => {
      const before = [await kept(), await underWay()];
      const whole = await aPicture().png().toBuffer();
      const { answer } = await send("torn.png", whole.subarray(0, whole.length / 2));
      expect(answer).to.deep.include({ status: 415 });
      expect(answer.body.refused).to.equal("material.brokenImage");
      expect([await kept(), await underWay()]).to.deep.equal(before);
    });

    it("of a kind that few can open are refused with words", async () => {
      const heic = Buffer.concat([
        Buffer.from([0, 0, 0, 24]),
        Buffer.from("ftypheic\0\0\0\0mif1heic", "latin1"),
        Buffer.alloc(200),
      ]);
      const { answer } = await send("IMG_0001.HEIC", heic);
      expect(answer.body.refused).to.equal("material.heic");
    });

    it("larger than a picture may be are refused, though a file may be as large", async () => {
      const noise = {
        create: {
          width: 1400,
          height: 1400,
          channels: 3,
          background: "#000",
          noise: { type: "gaussian", mean: 128, sigma: 60 },
        },
      } as const;
      const large = await sharp(noise).png().toBuffer();
      expect(large.length).to.be.greaterThan(2 * mega);
      expect((await send("noise.png", large)).answer.body.refused).to.equal("material.imageTooLarge");
    });
  });

  describe("hostile files", () => {
    it("that are pages, whatever they are called, are only ever saved, as what runs nowhere", async () => {
      const script = "<script>fetch('/api/me')</script>";
      const pages: [string, string][] = [
        ["holiday.png", `<!doctype html><title>x</title>${script}`],
        ["drawing.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`],
        ["feed.xml", `<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>`],
        ["notes.txt", `hello ${script}`],
        ["run.html", script],
      ];
      for (const [name, text] of pages) {
        const material = await taken(name, Buffer.from(text));
        expect(material.kind, name).to.equal("file");
        const { headers } = await fileOf(material.id);
        expect(headers.get("content-type"), name).to.equal("application/octet-stream");
        expect(headers.get("content-disposition"), name).to.match(/^attachment; /);
        expect(headers.get("content-disposition"), name).to.not.match(/\.(svg|xml|html)"/);
        expect(headers.get("x-content-type-options")).to.equal("nosniff");
        expect(headers.get("content-security-policy")).to.equal("default-src 'none'; sandbox");
        const asked = await fileOf(material.id, "?size=320");
        expect(asked.status, "there is no picture of it").to.equal(404);
      }
    });

    it("that are a picture and something else keep the picture alone", async () => {
      const jpeg = await aPicture().jpeg().toBuffer();
      const material = await taken(
        "both.jpg",
        Buffer.concat([jpeg, Buffer.from("<script>alert(1)</script>PK\x03\x04")]),
      );
      expect(material.kind).to.equal("image");
      const { bytes } = await fileOf(material.id);
      expect(bytes.includes("script")).to.equal(false);
      const script = Buffer.from("GIF89a/*\x00\x00\x00\x00\x00*/=1;alert(1)//", "latin1");
      expect((await send("both.gif", script)).answer.body.refused).to.equal("material.brokenImage");
    });

    it("that are archives are never opened", async () => {
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(20, 4);
      header.writeUInt16LE(8, 8);
      header.writeUInt32LE(100, 18);
      header.writeUInt32LE(0xffffffff, 22);
      header.writeUInt16LE(7, 26);
      const bomb = Buffer.concat([header, Buffer.from("bomb.xx"), Buffer.alloc(2 * mega)]);
      const before = (await kept()).length;
      const material = await taken("homework.zip", bomb);
      expect(material).to.include({ kind: "file", bytes: bomb.length });
      expect((await fileOf(material.id)).bytes.equals(bomb)).to.equal(true);
      expect((await kept()).length).to.equal(before + 1);
    });

    it("have names that harm neither the disk, nor a header, nor a page", async () => {
      const names = [
        ["../../../../etc/passwd", "passwd"],
        ["..\\..\\boot.ini", "boot.ini"],
        ['a"; filename="evil.exe', 'a"; filename="evil.exe'],
        ["line\r\nSet-Cookie: a=b.txt", "lineSet-Cookie: a=b.txt"],
        ["\u202egnp.exe", "gnp.exe"],
        ["<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"],
        ["Übung 1 – река.txt", "Übung 1 – река.txt"],
        ["CON", "CON"],
        ["..", ".."],
      ] as const;
      for (const [name, shown] of names) {
        const material = await taken(name, Buffer.from("just words"));
        expect(material.name).to.equal(shown);
        const { headers, status } = await fileOf(material.id);
        expect(status).to.equal(200);
        const disposition = headers.get("content-disposition") ?? "";
        expect(disposition).to.match(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$/);
        expect(headers.get("set-cookie")).to.equal(null);
        expect(disposition).to.not.match(/\.exe"/);
      }
      const known = [".uploads", space.id, "closing-rivers"];
      expect((await readdir(front.materialsFolder)).filter((name) => !known.includes(name))).to.deep.equal([]);
    });

    it("that are PDFs are saved, and sent as PDFs", async () => {
      const material = await taken("plan.pdf", somePdf);
      const { headers } = await fileOf(material.id);
      expect(headers.get("content-type")).to.equal("application/pdf");
      expect(headers.get("content-disposition")).to.match(/^attachment; filename="plan.pdf"/);
    });
  });

  describe("films and sounds", () => {
    const box = (type: string, ...parts: Buffer[]) => {
      const body = Buffer.concat(parts);
      const head = Buffer.alloc(8);
      head.writeUInt32BE(body.length + 8, 0);
      head.write(type, 4, "latin1");
      return Buffer.concat([head, body]);
    };
    const handler = (kind: string) => box("hdlr", Buffer.alloc(8), Buffer.from(kind, "latin1"), Buffer.alloc(12));
    const where = "+40.6400-008.6500/";
    const film = Buffer.concat([
      box("ftyp", Buffer.from("isom\0\0\x02\0isommp42", "latin1")),
      box(
        "moov",
        box("mvhd", Buffer.alloc(100)),
        box("trak", box("tkhd", Buffer.alloc(84)), box("mdia", handler("vide")), box("udta", Buffer.from(where))),
        box(
          "trak",
          box("tkhd", Buffer.alloc(84)),
          box("mdia", handler("meta")),
          Buffer.from(`\0\0\0\x1afree${where}`, "latin1"),
        ),
        box("udta", box("\xa9xyz", Buffer.from(where))),
        box("meta", Buffer.from(`com.apple.quicktime.location.ISO6709${where}`)),
      ),
      box("mdat", Buffer.alloc(4_000, 7)),
      box("uuid", Buffer.from(`an owner ${where}`)),
    ]);

    it("lose the place where they were taken, and nothing in them moves", async () => {
      const material = await taken("river.mp4", film);
      expect(material).to.include({ kind: "video", type: "video/mp4", bytes: film.length });
      const { bytes } = await fileOf(material.id);
      expect(bytes.length).to.equal(film.length);
      expect(bytes.includes(where)).to.equal(false);
      expect(bytes.includes("owner")).to.equal(false);
      expect(bytes.indexOf(Buffer.alloc(4_000, 7))).to.equal(film.indexOf(Buffer.alloc(4_000, 7)));
      expect(bytes.includes("vide")).to.equal(true);
    });

    it("are answered in pieces", async () => {
      const material = await taken("again.mp4", film);
      const { status, headers, bytes } = await fileOf(material.id, "", space.ana.browser, { range: "bytes=4-11" });
      expect(status).to.equal(206);
      expect(bytes.toString("latin1")).to.equal("ftypisom");
      expect(headers.get("content-range")).to.equal(`bytes 4-11/${film.length}`);
    });
  });

  it("are told to be the same by a browser that has them", async () => {
    const material = await taken("same.txt", Buffer.from("the same words"));
    const first = await fileOf(material.id);
    expect(first.headers.get("cache-control")).to.equal("private, no-cache");
    const etag = first.headers.get("etag") ?? "";
    const path = `${front.url}${at()}/materials/${material.id}/file`;
    // Not by fetch, which then says that nothing kept will do.
    const status = await new Promise<number | undefined>((resolve) => {
      get(path, { headers: { cookie: cookiesOf(space.ana.browser), "if-none-match": etag } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
    });
    expect(status).to.equal(304);
  });

  describe("uploads", () => {
    it("go on where they were, and know how far that is", async () => {
      const bytes = Buffer.alloc(500_000, "abcdefg");
      const begun = await beginUpload(space.ana.browser, space.id, "long.txt", bytes.length);
      const where = begun.headers.get("location") ?? "";
      expect(begun.status).to.equal(201);
      expect(begun.headers.get("upload-expires")).to.not.equal(null);
      const first = await sendPiece(space.ana.browser, front.url, where, 0, bytes.subarray(0, 200_000));
      expect([first.status, first.headers.get("upload-offset")]).to.deep.equal([204, "200000"]);
      const wrong = await sendPiece(space.ana.browser, front.url, where, 100_000, bytes.subarray(100_000));
      expect([wrong.status, wrong.body.refused]).to.deep.equal([409, "material.uploadMoved"]);
      expect((await askOffset(space.ana.browser, where)).headers.get("upload-offset")).to.equal("200000");
      const last = await sendPiece(space.ana.browser, front.url, where, 200_000, bytes.subarray(200_000));
      const material = last.headers.get("twinlight-material") ?? "";
      expect((await fileOf(material)).bytes.equals(bytes)).to.equal(true);
      const again = await askOffset(space.ana.browser, where);
      expect(again.headers.get("twinlight-material"), "for who did not hear that it arrived").to.equal(material);
      expect(again.headers.get("upload-offset")).to.equal(String(bytes.length));
    });

    it("take the newer of two that write at once, and end as one whole file", async () => {
      const bytes = Buffer.alloc(3 * mega, "0123456789abcdef");
      const begun = await beginUpload(space.ana.browser, space.id, "twice.txt", bytes.length);
      const where = begun.headers.get("location") ?? "";
      const all = await Promise.all(
        [1, 2, 3].map(() => sendPiece(space.ana.browser, front.url, where, 0, bytes).catch(() => undefined)),
      );
      const answered = all.flatMap((each) => each?.headers.get("twinlight-material") ?? []);
      const { headers } = await askOffset(space.ana.browser, where);
      let offset = Number(headers.get("upload-offset"));
      if (offset < bytes.length) {
        await sendPiece(space.ana.browser, front.url, where, offset, bytes.subarray(offset));
        offset = bytes.length;
      }
      const material = where.split("/").at(-1) ?? "";
      expect(answered.filter((id) => id !== material)).to.deep.equal([]);
      expect((await fileOf(material)).bytes.equals(bytes)).to.equal(true);
    });

    it("are finished when they are looked at again, after this server died before it could", async () => {
      const bytes = Buffer.from("all of it is here");
      const begun = await beginUpload(space.ana.browser, space.id, "whole.txt", bytes.length);
      const where = begun.headers.get("location") ?? "";
      const id = where.split("/").at(-1) ?? "";
      await writeFile(join(front.materialsFolder, ".uploads", id), bytes);
      await writeFile(join(front.materialsFolder, space.id, id), "half of i");
      const found = await askOffset(space.ana.browser, where);
      expect(found.headers.get("twinlight-material")).to.equal(id);
      expect((await fileOf(id)).bytes.equals(bytes)).to.equal(true);
    });

    it("of somebody else, or of another project, are not there", async () => {
      const begun = await beginUpload(space.ana.browser, space.id, "mine.txt", 10);
      const where = begun.headers.get("location") ?? "";
      const elsewhere = where.replace(space.id, other.id);
      for (const [browser, address] of [
        [space.mikko.browser, where],
        [pupil.browser, where],
        [other.ana.browser, where],
        [other.ana.browser, elsewhere],
      ] as const) {
        const status = (await askOffset(browser, address)).status;
        expect([404, 410]).to.include(status);
        const sent = await sendPiece(browser, front.url, address, 0, Buffer.from("0123456789"));
        expect([404, 410]).to.include(sent.status);
      }
      expect((await askOffset(space.ana.browser, where)).headers.get("upload-offset")).to.equal("0");
      await space.ana.browser.send("DELETE", where, undefined, { "tus-resumable": "1.0.0" });
      expect((await askOffset(space.ana.browser, where)).status).to.equal(410);
    });

    it("are refused to observers, visitors and strangers, and from other sites", async () => {
      const visitor = await space.visitor("A parent");
      const stranger = front.browser();
      expect((await beginUpload(visitor.browser, space.id, "a.txt", 5)).status).to.equal(403);
      expect((await beginUpload(stranger, space.id, "a.txt", 5)).status).to.equal(401);
      expect((await beginUpload(other.ana.browser, space.id, "a.txt", 5)).status).to.equal(404);
      const crossing = await space.ana.browser.send("POST", `${at()}/uploads`, undefined, {
        ...{ "tus-resumable": "1.0.0", "upload-length": "5", "sec-fetch-site": "cross-site" },
      });
      expect(crossing.status).to.equal(403);
    });

    it("count as what really came, never as what was said", async () => {
      const begun = await beginUpload(space.ana.browser, space.id, "short.txt", 10);
      const where = begun.headers.get("location") ?? "";
      const more = await sendPiece(space.ana.browser, front.url, where, 0, Buffer.alloc(1_000, "x"));
      expect([more.status, more.body.refused]).to.deep.equal([413, "material.tooLarge"]);
      expect((await askOffset(space.ana.browser, where)).headers.get("upload-offset")).to.equal("0");
    });

    it("are refused before a byte is sent when they are empty, too large or too many for the project", async () => {
      const refused = async (bytes: number) =>
        (await beginUpload(space.ana.browser, space.id, "x.bin", bytes)).body?.refused;
      expect(await refused(0)).to.equal("material.empty");
      expect(await refused(6 * mega + 1)).to.equal("material.tooLarge");
      const promised: string[] = [];
      for (;;) {
        const begun = await beginUpload(space.ana.browser, space.id, "x.bin", 6 * mega);
        if (begun.status !== 201) {
          expect(begun.body.refused).to.equal("material.quotaFull");
          break;
        }
        promised.push(begun.headers.get("location") ?? "");
      }
      expect(promised.length).to.be.within(2, 5);
      const { room } = good(await space.ana.browser.get(`${at()}/materials`));
      expect(room.usedBytes).to.be.within(promised.length * 6 * mega, 30 * mega);
      for (const where of promised) {
        await space.ana.browser.send("DELETE", where, undefined, { "tus-resumable": "1.0.0" });
      }
    });

    it("that nobody goes on with are given up after a day, and files that no row speaks of are swept", async () => {
      const begun = await beginUpload(space.ana.browser, space.id, "left.txt", 10);
      const where = begun.headers.get("location") ?? "";
      const orphan = join(front.materialsFolder, space.id, "orphan.320");
      await writeFile(orphan, "x");
      await utimes(orphan, new Date(0), new Date(0));
      const before = (await kept()).length;
      await sweepMaterials(front, front.clock.now + 23 * 3_600_000);
      expect((await askOffset(space.ana.browser, where)).status).to.equal(200);
      await sweepMaterials(front, front.clock.now + 25 * 3_600_000);
      expect((await askOffset(space.ana.browser, where)).status).to.equal(410);
      expect(await kept()).to.have.length(before - 1);
      expect(await underWay()).to.not.include(where.split("/").at(-1));
    });
  });

  describe("what is said about them", () => {
    it("is changed by who brought them and by who keeps the order, not by others", async () => {
      const { id } = await taken("my river.jpg", await aPicture().jpeg().toBuffer(), pupil.browser);
      const friend = await space.pupil("Otter", "oulu");
      const change = { alt: "A river", licence: "ccBy", credit: "Kingfisher" };
      expect((await friend.browser.patch(`${at()}/materials/${id}`, change)).status).to.equal(403);
      expect((await space.rui.browser.patch(`${at()}/materials/${id}`, change)).status).to.equal(403);
      expect(good(await pupil.browser.patch(`${at()}/materials/${id}`, change))).to.include(change);
      expect(good(await space.mikko.browser.patch(`${at()}/materials/${id}`, { name: "Vouga.jpg" })).name).to.equal(
        "Vouga.jpg",
      );
      expect((await friend.browser.delete(`${at()}/materials/${id}`)).status).to.equal(403);
    });

    it("names the pupils on it, by alias; only teachers say so, and only of this project's pupils", async () => {
      const { id } = await taken("class.jpg", await aPicture().jpeg().toBuffer(), pupil.browser);
      const stranger = await other.pupil("Heron", "oulu");
      const name = { shows: "people", people: [pupil.id] };
      expect((await pupil.browser.patch(`${at()}/materials/${id}`, name)).status).to.equal(403);
      const named = good(await space.rui.browser.patch(`${at()}/materials/${id}`, name));
      expect(named.people.map(({ name: alias }: { name: string }) => alias)).to.deep.equal(["Kingfisher"]);
      const wrong = await space.rui.browser.patch(`${at()}/materials/${id}`, {
        shows: "people",
        people: [stranger.id],
      });
      expect([wrong.status, wrong.body.fields]).to.deep.equal([400, ["people"]]);
      const still = good(await space.ana.browser.get(`${at()}/materials/${id}`));
      expect(still.people).to.have.length(1);
      const nobody = good(await space.rui.browser.patch(`${at()}/materials/${id}`, { shows: "nobody" }));
      expect([nobody.shows, nobody.people]).to.deep.equal(["nobody", []]);
      expect((await pupil.browser.get(`${at()}/people-on-materials`)).status).to.equal(403);
    });

    it("is left out, with the file, of what was hidden, for everybody but teachers", async () => {
      const { id } = await taken("secret.txt", Buffer.from("secret words"), pupil.browser);
      const hide = { kind: "material", id, reason: "Not yours to show" };
      expect((await pupil.browser.post(`${at()}/hide`, hide)).status).to.equal(403);
      good(await space.rui.browser.post(`${at()}/hide`, hide));
      const seen = good(await pupil.browser.get(`${at()}/materials/${id}`));
      expect(seen).to.deep.include({ name: "", hidden: { reason: null }, bytes: 0, mayChange: false });
      expect((await fileOf(id, "", pupil.browser)).status).to.equal(404);
      expect(good(await space.rui.browser.get(`${at()}/materials/${id}`)).hidden.reason).to.equal("Not yours to show");
      expect((await fileOf(id)).status).to.equal(200);
    });

    it("is there for visitors as long as a page shows it that they may see, and not longer", async () => {
      const visitor = await space.visitor("Another parent");
      const { id } = await taken("inside.txt", Buffer.from("inside"));
      const sees = async () => {
        const listed = good(await visitor.browser.get(`${at()}/materials?folder=all`)).materials.length;
        const looked = (await visitor.browser.get(`${at()}/materials/${id}`)).status;
        return [listed, looked, (await fileOf(id, "", visitor.browser)).status];
      };
      const page = (change: string) => front.pool.query(`update pages set ${change} where id like 'page-%'`);
      expect(await sees()).to.deep.equal([0, 404, 404]);
      await front.pool.query(
        `insert into pages (id, project_id, position, title, view, edit, state, author, made_at, changed_at, materials)
         values ('page-1', $1, 1, 'Our rivers', 'visitors', 'author', 'shown', $2, now(), now(), array[$3])`,
        [space.id, `account:${space.ana.id}`, id],
      );
      expect(await sees()).to.deep.equal([1, 200, 200]);
      const { pages, people, folder } = good(await visitor.browser.get(`${at()}/materials/${id}`));
      expect({ pages, people, folder }).to.deep.equal({
        ...{ pages: [{ id: "page-1", title: "Our rivers" }], people: [], folder: [] },
      });
      for (const change of [
        "view = 'members'",
        "state = 'draft', view = 'visitors'",
        "state = 'shown', hidden_at = now()",
      ]) {
        await page(change);
        expect(await sees(), change).to.deep.equal([0, 404, 404]);
      }
      await page("hidden_at = null");
      expect(await sees()).to.deep.equal([1, 200, 200]);
      await front.pool.query("update materials set hidden_at = now(), hidden_reason = 'x' where id = $1", [id]);
      expect(await sees()).to.deep.equal([0, 404, 404]);
      await front.pool.query("delete from pages");
    });
  });

  it("are removed, brought back, and erased after a week", async () => {
    const { id } = await taken("away.txt", Buffer.from("away"), pupil.browser);
    expect((await pupil.browser.delete(`${at()}/materials/${id}`)).status).to.equal(204);
    expect((await fileOf(id)).status).to.equal(404);
    expect(good(await pupil.browser.post(`${at()}/materials/${id}/restore`)).name).to.equal("away.txt");
    expect((await fileOf(id)).status).to.equal(200);
    await space.ana.browser.delete(`${at()}/materials/${id}`);
    expect((await pupil.browser.post(`${at()}/materials/${id}/restore`)).status, "what an admin removed").to.equal(404);
    await sweepMaterials(front, front.clock.now + 8 * 24 * 3_600_000);
    expect(await kept()).to.not.include(id);
    expect((await space.ana.browser.post(`${at()}/materials/${id}/restore`)).status).to.equal(404);
  });

  it("that a concern points at are not erased, whoever removed them", async () => {
    const { id } = await taken("worrying.txt", Buffer.from("worrying"), pupil.browser);
    await pupil.browser.delete(`${at()}/materials/${id}`);
    await front.pool.query(
      `insert into concerns (id, project_id, school_id, about_kind, about_id, about_author, reporter, category, words, evidence, created_at)
       values ('concern', $1, $2, 'material', $3, $4, $5, 'worry', '', '{}', now())`,
      [space.id, space.schools.aveiro, id, `pupil:${pupil.id}`, `account:${space.ana.id}`],
    );
    await sweepMaterials(front, front.clock.now + 30 * 24 * 3_600_000);
    expect(await kept()).to.include(id);
    await front.pool.query("update concerns set released_at = now()");
    await sweepMaterials(front, front.clock.now + 30 * 24 * 3_600_000);
    expect(await kept()).to.not.include(id);
  });

  it("are links too, only of the web", async () => {
    const add = (link: string) =>
      space.ana.browser.post(`${at()}/materials`, { link, name: "A map", folder: null, description: "" });
    const added = good(await add("https://example.org/map?a=b#c"));
    expect(added).to.include({ kind: "link", link: "https://example.org/map?a=b#c", bytes: 0 });
    for (const link of [
      "javascript:alert(1)",
      "data:text/html,x",
      "ftp://example.org",
      "//example.org",
      "https://a:b@example.org",
      " https:example.org",
    ]) {
      expect((await add(link)).status, link).to.equal(400);
    }
    expect((await fileOf(added.id)).status).to.equal(404);
  });

  it("lie in folders that are made, renamed, moved and removed, and never lie in themselves", async () => {
    const { browser } = space.ana;
    const make = async (name: string, parent: string | null = null) =>
      browser.post(`${at()}/folders`, { name, parent });
    const rivers = good(await make("Rivers")).id;
    const fish = good(await make("Fish", rivers)).id;
    expect((await make("rivers")).body.refused).to.equal("folder.nameTaken");
    expect((await browser.patch(`${at()}/folders/${rivers}`, { parent: fish })).status).to.equal(400);
    const { material } = await send("trout.txt", Buffer.from("trout"), browser, fish);
    const list = good(await browser.get(`${at()}/materials?folder=${fish}`));
    expect(list.path.map(({ name }: { name: string }) => name)).to.deep.equal(["Rivers", "Fish"]);
    expect(list.materials.map(({ id }: { id: string }) => id)).to.deep.equal([material]);
    expect((await browser.delete(`${at()}/folders/${fish}`)).body.refused).to.equal("folder.notEmpty");
    good(await browser.patch(`${at()}/materials/${material}`, { folder: null }));
    expect((await browser.delete(`${at()}/folders/${fish}`)).status).to.equal(204);
    let parent: string | null = rivers;
    for (let depth = 2; depth <= 8; depth += 1) parent = good(await make(`Level ${depth}`, parent)).id;
    expect((await make("Level 9", parent)).body.refused).to.equal("folder.tooDeep");
    expect((await other.ana.browser.get(`/api/spaces/${other.id}/materials?folder=${rivers}`)).status).to.equal(404);
    expect((await pupil.browser.patch(`${at()}/folders/${rivers}`, { name: "Mine" })).status).to.equal(404);
  });

  it("are found by words without accents, by kind, and page by page without a gap", async () => {
    const { browser } = space.ana;
    for (let i = 0; i < 60; i += 1) {
      await browser.post(`${at()}/materials`, {
        link: `https://example.org/${i}`,
        name: `Conceição ${i}`,
        folder: null,
      });
    }
    const found = good(await browser.get(`${at()}/materials?folder=all&words=conceicao`));
    expect(found.materials).to.have.length(48);
    const rest = good(await browser.get(`${at()}/materials?folder=all&words=conceicao&after=${found.next}`));
    expect(rest.materials).to.have.length(12);
    expect(rest.next).to.equal(null);
    await taken("found.png", await aPicture().png().toBuffer());
    const images = good(await browser.get(`${at()}/materials?folder=all&kind=image`));
    expect(new Set(images.materials.map(({ kind }: { kind: string }) => kind))).to.deep.equal(new Set(["image"]));
    const project = { id: space.id, state: "active" };
    const me = {
      author: `account:${space.ana.id}`,
      role: "founder",
      school: null,
      kind: "account",
      id: space.ana.id,
      name: "",
    };
    // biome-ignore lint/suspicious/noExplicitAny: the search asks for no more of a project than this
    const cards = await materialsFound(front.pool, { project, me } as any, "Conceição 59", 5);
    expect(cards.map(({ name }) => name)).to.deep.equal(["Conceição 59"]);
  });

  it("stay to be read when the project is closed, and no more come", async () => {
    const closing = await openSpace(front, "closing-rivers");
    const { material } = await upload(closing.ana.browser, front.url, closing.id, "last.txt", Buffer.from("last"));
    const begun = await beginUpload(closing.ana.browser, closing.id, "late.txt", 4);
    await front.pool.query("update projects set state = 'closed', closed_at = now() where id = $1", [closing.id]);
    const late = await sendPiece(
      closing.ana.browser,
      front.url,
      begun.headers.get("location") ?? "",
      0,
      Buffer.from("late"),
    );
    expect(late.body.refused).to.equal("space.readOnly");
    const read = await closing.ana.browser.get(`/api/spaces/${closing.id}/materials/${material}/file`);
    expect([read.status, read.text]).to.deep.equal([200, "last"]);
  });

  it("leave no name and no word of theirs in the log", async () => {
    await taken("Maria's birthday.txt", Buffer.from("words of Maria"));
    expect(front.logged()).to.not.match(/Maria|Kingfisher/);
  });

  it("are kept where only this server reads", async () => {
    const { material } = await send("own.txt", Buffer.from("own"));
    expect((await readFile(join(front.materialsFolder, space.id, material ?? ""))).toString()).to.equal("own");
  });
});
