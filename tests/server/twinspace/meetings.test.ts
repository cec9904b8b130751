import { mkdtempSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { sessionCookie } from "../../../server/accounts/sessions.ts";
import { hashOfToken } from "../../../server/accounts/tokens.ts";
import { newId } from "../../../server/ids.ts";
import { afterMeeting } from "../../../server/meetings/afterwards.ts";
import type { Hosts } from "../../../server/meetings/hosts.ts";
import { replayRoutes } from "../../../server/meetings/replays.ts";
import { seatRoutes } from "../../../server/meetings/seats.ts";
import type { Pool } from "../../../storage/pool.ts";
import { type Answer, Browser, type FrontDoor, openFrontDoor } from "../../support/frontDoor.ts";
import { hostsOn, Listener } from "../../support/meetings.ts";
import { browsersOf, makePermissionWorld, type Name } from "../../support/permissionWorld.ts";

const space = "/api/spaces/project-active/meetings";

describe("The meetings of a TwinSpace", function () {
  this.timeout(60_000);
  let front: FrontDoor;
  let hosts: Hosts;
  let people: ReadonlyMap<Name, Browser>;
  const mediaFolder = mkdtempSync(join(tmpdir(), "twinlight-space-meetings-"));

  before(async () => {
    front = await openFrontDoor({
      routes: (pool: Pool) => {
        hosts = hostsOn(pool);
        return [
          ...seatRoutes({ pool, hosts, newId, now: () => front.clock.now, routerRtpCapabilities: () => ({}) }),
          ...replayRoutes({
            ...{ pool, mediaFolder, now: Date.now },
            jobs: { film: async () => {}, close: async () => {} },
          }),
        ];
      },
    });
    await makePermissionWorld(front.pool);
    people = await browsersOf(front.url);
  });
  after(async () => {
    await hosts.close();
    await front.close();
    await rm(mediaFolder, { recursive: true, force: true });
  });
  beforeEach(() => {
    front.clock.now = Date.now();
  });

  /** As tests/support/frontDoor.ts lays it out. */
  const materialsFolder = () => join(front.evidenceFolder, "..", "materials");
  const by = (name: Name): Browser => people.get(name) as Browser; // there is one for every name
  const good = (answer: Answer): Answer["body"] => {
    expect(answer.status, answer.text).to.be.below(300);
    return answer.body;
  };
  async function book(more: object = {}, who: Name = "ana"): Promise<Answer["body"]["meeting"]> {
    const body = {
      title: "What lives in our river?",
      start: "now",
      timeZone: "UTC",
      project: "project-active",
      ...more,
    };
    return good(await by(who).post("/api/bookings", body)).meeting;
  }
  const door = (browser: Browser, code: string, key?: string) =>
    browser.post(`/api/meetings/${code}/door`, key === undefined ? {} : { key });
  const sits = (browser: Browser, code: string, more: object = {}) =>
    browser.post(`/api/meetings/${code}/seats`, { name: "Somebody", ...more });
  const as = async (browser: Browser, code: string, key?: string) => {
    const { status, body } = await door(browser, code, key);
    return status === 200 ? [body.you.role, body.you.kind, body.you.school?.id ?? null, body.you.name] : body.refused;
  };
  const seatsOf = async (id: string) => Object.values((await hosts.of(id))?.meeting.seats ?? {});
  const wordsIn = async (id: string) => Object.values((await hosts.of(id))?.contents ?? {});
  async function aPupil(id: string, school: string, project = "project-active"): Promise<Browser> {
    await front.pool.query(
      `insert into pupils (id, project_id, school_id, alias, picture, login_code, secret_kind)
       values ($1, $3, $2, $1 || ' the pupil', 'fox', $1, 'word')`,
      [id, school, project],
    );
    await front.pool.query(
      "insert into sessions (token_hash, pupil_id, expires_at) values ($1, $2, now() + interval '1 hour')",
      [hashOfToken(`session-${id}`), id],
    );
    const browser = new Browser(front.url);
    browser.cookies.set(sessionCookie, `session-${id}`);
    return browser;
  }

  describe("Booking", () => {
    it("is for founders and administrators; a plain teacher is told whom to ask", async () => {
      const meeting = await book({ purpose: "To compare our otters" });
      expect(meeting).to.include({ state: "booked", purpose: "To compare our otters" });
      const refused = await by("tea").post("/api/bookings", {
        ...{ title: "Mine", start: "now", timeZone: "UTC", project: "project-active" },
      });
      expect(refused.body).to.deep.include({ refused: "booking.notAdmin", fields: ["project"] });
      expect(good(await by("tea").get("/api/bookable-projects")).projects).to.deep.equal([]);
      good(await by("tea").post("/api/bookings", { title: "Mine", start: "now", timeZone: "UTC" }));
    });

    it("refuses a meeting for nobody", async () => {
      const answer = await by("ana").post("/api/bookings", {
        ...{ title: "Nobody", start: "now", timeZone: "UTC", project: "project-active" },
        invited: { everybody: false },
      });
      expect(answer.body).to.deep.include({ refused: "booking.nobodyInvited", fields: ["invited"] });
    });

    it("gives out no link that anybody may hold", async () => {
      const { id, code } = await book();
      const { links } = good(await by("ana").get(`/api/bookings/${id}`));
      expect(links.map(({ role, kind }: { role: string; kind: string }) => [role, kind])).to.deep.equal([
        ["chair", "adult"],
        ["participant", "pupil"],
        ["participant", "class"],
        ["participant", "adult"],
      ]);
      expect((await door(front.browser(), code)).body.refused).to.equal("meeting.membersOnly");
    });

    it("is news, for teachers alone when it is not for everybody", async () => {
      const [all, some] = [await book(), await book({ invited: { everybody: false, schools: ["oulu"] } })];
      const { rows } = await front.pool.query(
        "select thing, seen_by from space_news where kind = 'meetingBooked' and thing = any($1)",
        [[all.id, some.id]],
      );
      expect(new Map(rows.map((row) => [row.thing, row.seen_by]))).to.deep.equal(
        new Map([
          [all.id, "members"],
          [some.id, "teachers"],
        ]),
      );
    });
  });

  describe("The door", () => {
    it("knows everybody in the project by their session, and nobody else", async () => {
      const { code } = await book();
      expect(await as(by("ana"), code)).to.deep.equal(["chair", "adult", "aveiro", "ana"]);
      expect(await as(by("mikko"), code)).to.deep.equal(["coChair", "adult", "oulu", "mikko"]);
      expect(await as(by("tea"), code)).to.deep.equal(["participant", "adult", "oulu", "tea"]);
      expect(await as(by("pupil"), code)).to.deep.equal(["participant", "pupil", "aveiro", "Kingfisher"]);
      expect(await as(by("pupilAdmin"), code)).to.deep.equal(["participant", "pupil", "oulu", "Otter"]);
      for (const name of ["visitor", "expert", "observer", "rui", "nobody", "leadPt"] as const) {
        expect(await as(by(name), code), name).to.equal("meeting.membersOnly");
      }
      expect(await as(by("operator"), code)).to.equal("account.notAllowed");
    });

    it("follows the list: schools, roles, single people", async () => {
      const oulu = await book({ invited: { everybody: false, schools: ["oulu"], roles: ["pupil"] } });
      expect(await as(by("pupilAdmin"), oulu.code)).to.deep.equal(["participant", "pupil", "oulu", "Otter"]);
      for (const name of ["pupil", "tea", "expert", "visitor"] as const) {
        expect(await as(by(name), oulu.code), name).to.equal("meeting.membersOnly");
      }
      expect(await as(by("mikko"), oulu.code), "answers for the project").to.include("coChair");
      const named = await book({
        invited: { everybody: false, people: ["account:expert", "pupil:pupil", "visitor:visitor"] },
      });
      expect(await as(by("expert"), named.code)).to.deep.equal(["participant", "adult", null, "expert"]);
      expect(await as(by("pupil"), named.code)).to.include("Kingfisher");
      for (const name of ["pupilAdmin", "tea", "observer", "visitor"] as const) {
        expect(await as(by(name), named.code), name).to.equal("meeting.membersOnly");
      }
      const watched = await book({ invited: { everybody: true, roles: ["observer"] } });
      expect(await as(by("observer"), watched.code)).to.deep.equal(["watcher", "adult", null, "observer"]);
      expect(await as(by("expert"), watched.code)).to.equal("meeting.membersOnly");
    });

    it("takes a pupil of another project, a locked and an ended one for anybody", async () => {
      const { code } = await book();
      const others = [await aPupil("elsewhere", "aveiro", "project-suspended"), await aPupil("locked", "aveiro")];
      await front.pool.query("update pupils set state = 'locked' where id = 'locked'");
      others.push(await aPupil("ended", "aveiro"));
      await front.pool.query("update pupils set state = 'ended' where id = 'ended'");
      for (const browser of others) expect(await as(browser, code)).to.equal("meeting.membersOnly");
    });

    it("gives a pupil their alias and no other name, and never the chair, whatever link they hold", async () => {
      const { id, code } = await book({ lobby: false });
      const { links } = good(await by("ana").get(`/api/bookings/${id}`));
      const keyOf = (role: string, kind: string) =>
        new URL(
          links.find((link: { role: string; kind: string }) => link.role === role && link.kind === kind).link,
        ).hash.slice(3);
      const chairKey = keyOf("chair", "adult");
      expect(await as(by("pupil"), code, chairKey)).to.deep.equal(["participant", "pupil", "aveiro", "Kingfisher"]);
      expect((await sits(by("pupil"), code, { name: "Maria Silva", key: chairKey, open: true })).body.refused).to.equal(
        "meeting.notOpen",
      );
      good(await sits(by("ana"), code));
      good(await sits(by("pupil"), code, { name: "Maria Silva", key: chairKey }));
      const seat = (await seatsOf(id)).find(({ identity }) => identity === "pupil:pupil");
      expect(seat).to.include({ role: "participant", kind: "pupil", school: "aveiro", vouched: true });
      expect(await wordsIn(id))
        .to.include("Kingfisher")
        .and.not.include("Maria Silva");
      const elsewhere = await aPupil("sly", "oulu", "project-suspended");
      await front.pool.query("update projects set state = 'active' where id = 'project-suspended'");
      try {
        expect(await as(elsewhere, code, chairKey), "known to be a pupil").to.include("participant");
        expect(await as(elsewhere, code, keyOf("participant", "adult"))).to.include("pupil");
        expect(await as(by("visitor"), code, chairKey)).to.include("participant");
      } finally {
        await front.pool.query("update projects set state = 'suspended' where id = 'project-suspended'");
      }
    });

    it("tells who guesses keys the same whether the meeting knows them or not", async () => {
      const { code } = await book();
      for (const key of ["abc", "x".repeat(40), code]) {
        expect((await door(front.browser(), code, key)).body.refused).to.equal("link.invalid");
      }
    });

    it("stays shut until its chair comes, or another who answers for the project opens it in their place", async () => {
      const soon = await book({ start: "2027-01-12T10:00" });
      expect((await sits(by("mikko"), soon.code, { open: true })).body.refused, "too early").to.equal(
        "meeting.notOpen",
      );
      const { id, code } = await book({ lobby: false });
      for (const name of ["tea", "pupil", "mikko"] as const) {
        expect((await sits(by(name), code)).body.refused, name).to.equal("meeting.notOpen");
      }
      expect((await sits(by("tea"), code, { open: true })).body.refused).to.equal("meeting.notOpen");
      expect(good(await door(by("mikko"), code)).you.mayOpen).to.equal(true);
      expect(good(await door(by("tea"), code)).you.mayOpen).to.equal(false);
      good(await sits(by("mikko"), code, { open: true }));
      good(await sits(by("ana"), code));
      const roles = (await seatsOf(id)).map(({ identity, role }) => [identity, role]);
      expect(roles).to.deep.equal([
        ["account:mikko", "chair"],
        ["account:ana", "coChair"],
      ]);
    });

    it("has a lobby for members as for everybody", async () => {
      const { id, code } = await book();
      good(await sits(by("ana"), code));
      good(await sits(by("pupil"), code));
      good(await sits(by("tea"), code));
      const waiting = (await seatsOf(id)).filter(({ place }) => place === "lobby").map(({ identity }) => identity);
      expect(waiting).to.deep.equal(["pupil:pupil", "account:tea"]);
    });

    it("is shut while the project is closed or suspended, to its chair and to who holds a link", async () => {
      const { id, code } = await book();
      const { links } = good(await by("ana").get(`/api/bookings/${id}`));
      const key = new URL(links[0].link).hash.slice(3);
      try {
        for (const [state, refusal] of [
          ["closed", "space.readOnly"],
          ["suspended", "space.suspended"],
        ] as const) {
          await front.pool.query("update projects set state = $1 where id = 'project-active'", [state]);
          expect(await as(by("ana"), code)).to.equal(refusal);
          expect((await sits(front.browser(), code, { key })).body.refused).to.equal(refusal);
        }
      } finally {
        await front.pool.query("update projects set state = 'active' where id = 'project-active'");
      }
    });

    it("does not let a chair lead who has left the project", async () => {
      const { code } = await book({}, "mikko");
      await front.pool.query(
        "update project_members set state = 'left' where account_id = 'mikko' and project_id = 'project-active'",
      );
      try {
        expect(await as(by("mikko"), code)).to.equal("meeting.membersOnly");
        expect(await as(by("ana"), code)).to.include("coChair");
      } finally {
        await front.pool.query(
          "update project_members set state = 'accepted' where account_id = 'mikko' and project_id = 'project-active'",
        );
      }
    });
  });

  describe("A seat whose place ends", () => {
    async function seatedIn(
      meeting: { id: string; code: string },
      browser: Browser,
      identity: string,
    ): Promise<Listener> {
      const { seat } = good(await sits(browser, meeting.code));
      const listener = new Listener();
      await (await hosts.of(meeting.id))?.attach(seat, listener);
      expect((await seatsOf(meeting.id)).find((one) => one.seat === seat)?.identity).to.equal(identity);
      return listener;
    }

    it("is taken away from a pupil who was locked, and from a member who left; the others stay", async () => {
      const meeting = await book({ lobby: false });
      await seatedIn(meeting, by("ana"), "account:ana");
      const otter = await aPupil("to-lock", "oulu");
      const pupil = await seatedIn(meeting, otter, "pupil:to-lock");
      const tea = await seatedIn(meeting, by("tea"), "account:tea");
      const kingfisher = await seatedIn(meeting, by("pupil"), "pupil:pupil");
      await hosts.dismissLostPlaces();
      expect([pupil.ended, tea.ended, kingfisher.ended]).to.deep.equal([undefined, undefined, undefined]);
      await front.pool.query("update pupils set state = 'locked' where id = 'to-lock'");
      await front.pool.query(
        "update project_members set state = 'left' where account_id = 'tea' and project_id = 'project-active'",
      );
      try {
        await hosts.dismissLostPlaces();
        expect([pupil.ended, tea.ended, kingfisher.ended]).to.deep.equal([
          "seat.placeEnded",
          "seat.placeEnded",
          undefined,
        ]);
        const here = (await seatsOf(meeting.id))
          .filter(({ place }) => place === "room")
          .map(({ identity }) => identity);
        expect(here, "and at once, without a grace time").to.have.members(["account:ana", "pupil:pupil"]);
        const { rows } = await front.pool.query("select from tickets where meeting_id = $1", [meeting.id]);
        expect(rows.length, "their tickets are gone").to.equal(2);
        expect((await sits(otter, meeting.code)).body.refused).to.equal("meeting.membersOnly");
      } finally {
        await front.pool.query(
          "update project_members set state = 'accepted' where account_id = 'tea' and project_id = 'project-active'",
        );
      }
    });
  });

  describe("A school that says yes beforehand", () => {
    const setting = "/api/schools/oulu/meeting-approval";
    const approval = (id: string) => `/api/meeting-approvals/${id}/oulu`;
    const letters = async (kind: string) =>
      (await front.pool.query("select account_id from mails where kind = $1 order by account_id", [kind])).rows.map(
        ({ account_id }) => account_id,
      );

    before(async () => {
      expect((await by("ana").get(setting)).status, "another school's").to.equal(404);
      expect(good(await by("tea").get(setting))).to.deep.equal({ approvesMeetings: false });
      good(await by("leadFi").send("PUT", setting, { approvesMeetings: true }));
    });
    after(() => by("leadFi").send("PUT", setting, { approvesMeetings: false }));

    it("is asked by a letter, its lead and its founders, and nothing begins before its yes", async () => {
      const { id, code, state } = await book();
      expect(state).to.equal("planned");
      expect(await letters("spaceMeetingToApprove")).to.deep.equal(["leadfi", "mikko"]);
      expect((await sits(by("ana"), code)).body.refused).to.equal("meeting.notApproved");
      expect((await sits(by("mikko"), code, { open: true })).body.refused).to.equal("meeting.notApproved");
      const page = good(await by("ana").get(`${space}/${id}`));
      expect(page.meeting.state).to.equal("planned");
      expect(page.approvals).to.have.length(1);
      expect(page.approvals[0]).to.deep.include({ state: "waiting", mine: false });
      expect(good(await by("mikko").get(`${space}/${id}`)).approvals[0].mine).to.equal(true);

      for (const name of ["ana", "leadPt"] as const) {
        expect((await by(name).post(approval(id), { say: "approve" })).status, name).to.equal(404);
      }
      expect((await by("tea").post(approval(id), { say: "approve" })).status).to.equal(404);
      expect((await by("pupilAdmin").post(approval(id), { say: "approve" })).body.refused).to.equal(
        "account.notAllowed",
      );
      const { meetings } = good(await by("leadFi").get("/api/meeting-approvals"));
      expect(meetings.map(({ meeting }: { meeting: string }) => meeting)).to.include(id);
      good(await by("leadFi").post(approval(id), { say: "approve" }));
      good(await sits(by("ana"), code));
      expect((await by("leadFi").post(approval(id), { say: "withdraw", reason: "Too late" })).body.refused).to.equal(
        "booking.begun",
      );
    });

    it("takes its yes back, or says no, with a reason that the chair reads", async () => {
      const { id, code } = await book();
      good(await by("mikko").post(approval(id), { say: "approve" }));
      expect((await by("mikko").post(approval(id), { say: "withdraw" })).status, "no reason").to.equal(400);
      good(await by("mikko").post(approval(id), { say: "withdraw", reason: "The bus does not come" }));
      expect((await sits(by("ana"), code)).body.refused).to.equal("meeting.notApproved");
      expect(good(await by("ana").get(`${space}/${id}`)).approvals[0]).to.include({
        state: "withdrawn",
        reason: "The bus does not come",
        by: "mikko",
      });
      expect(await letters("spaceMeetingRefused")).to.deep.equal(["ana"]);
      const { id: other } = await book();
      good(await by("leadFi").post(approval(other), { say: "refuse", reason: "It is a holiday" }));
      expect(
        (await by("leadFi").post(approval(other), { say: "withdraw", reason: "Never said yes" })).body.refused,
      ).to.equal("meeting.approvalNotNow");
    });

    it("has said yes by booking itself, and is not asked where none of its people may come", async () => {
      expect((await book({}, "mikko")).state).to.equal("booked");
      expect((await book({ invited: { everybody: false, schools: ["aveiro"] } })).state).to.equal("booked");
      expect((await book({ invited: { everybody: false, people: ["pupil:pupil-admin"] } })).state).to.equal("planned");
    });

    it("is asked when its people are asked later", async () => {
      const { id } = await book({ invited: { everybody: false, schools: ["aveiro"] } });
      const changed = good(await by("ana").send("PUT", `${space}/${id}/invited`, { invited: { everybody: true } }));
      expect(changed.meeting.state).to.equal("planned");
      expect(changed.approvals).to.have.length(1);
    });
  });

  describe("The list", () => {
    it("shows members what they may come to, teachers everything, and visitors nothing", async () => {
      const meeting = await book({ invited: { everybody: false, schools: ["oulu"] }, start: "2027-01-12T10:00" });
      const rowFor = async (name: Name) =>
        good(await by(name).get(space)).next.find(({ id }: { id: string }) => id === meeting.id);
      expect(await rowFor("pupilAdmin")).to.deep.include({ join: meeting.code, mine: false, replay: null });
      expect(await rowFor("pupil")).to.equal(undefined);
      expect(await rowFor("expert")).to.equal(undefined);
      expect(await rowFor("tea")).to.include({ join: meeting.code });
      expect(await rowFor("ana")).to.include({ mine: true });
      expect((await by("visitor").get(space)).status).to.equal(403);
      expect((await by("pupil").get(`${space}/${meeting.id}`)).status).to.equal(404);
      expect((await by("rui").get(`${space}/${meeting.id}`)).status).to.equal(404);
      expect(good(await by("ana").get(space)).mayBook).to.equal(true);
      expect(good(await by("tea").get(space)).mayBook).to.equal(false);
    });

    it("does not show a meeting of another project, nor let it be changed through one's own", async () => {
      const elsewhere = good(await by("ana").post("/api/bookings", { title: "Mine", start: "now", timeZone: "UTC" }));
      const { id } = elsewhere.meeting;
      expect((await by("ana").get(`${space}/${id}`)).status).to.equal(404);
      const changed = await by("mikko").send("PUT", `${space}/${id}/invited`, { invited: { everybody: true } });
      expect(changed.status).to.equal(404);
    });

    it("goes on by pages when there are many", async () => {
      await front.pool.query(
        `insert into meetings (id, code, title, starts_at, length_minutes, settings, chair_account, project_id, phase)
         select 'old-' || n, 'old-' || n, 'Old', now() - n * interval '1 day', 60, (select settings from meetings where id = 'meeting'),
           'ana', 'project-closed', 'ended' from generate_series(1, 120) n`,
      );
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Answer["body"] = good(
          await by("ana").get(`/api/spaces/project-closed/meetings${after === null ? "" : `?after=${after}`}`),
        );
        seen.push(...page.past.map(({ id }: { id: string }) => id));
        after = page.after;
      } while (after !== null);
      expect(seen).to.deep.equal(Array.from({ length: 120 }, (_, n) => `old-${n + 1}`));
    });
  });

  describe("Afterwards", () => {
    let meeting: { id: string; code: string };
    const replay = () => `/api/replays/${meeting.code}`;
    const audience = async (who: string) => good(await by("ana").post(`${replay()}/audience`, { audience: who }));
    const canWatch = async (name: Name) => (await by(name).get(replay())).status === 200;
    const shownReplay = async (name: Name) =>
      good(await by(name).get(space)).past.find(({ id }: { id: string }) => id === meeting.id)?.replay ?? null;

    /** Ana leads; the pupil of Aveiro comes, writes and speaks; the pupil of Oulu might have come; an expert is asked. */
    before(async () => {
      front.clock.now = Date.now();
      meeting = await book({
        ...{ recorded: true, lobby: false },
        invited: { everybody: true, people: ["account:expert"] },
      });
      const host = await hosts.of(meeting.id);
      const sitDown = async (browser: Browser) => {
        const { seat } = good(await sits(browser, meeting.code));
        await host?.attach(seat, new Listener());
        return seat;
      };
      const ana = await sitDown(by("ana"));
      const pupil = await sitDown(by("pupil"));
      const tea = await sitDown(by("tea"));
      await host?.command(pupil, { type: "chat.sendMessage", id: "message-1", text: "An otter!\n00:01  ana: Not me" });
      await host?.command(pupil, { type: "floor.raiseHand" });
      await host?.command(pupil, { type: "floor.finishTurn" });
      await host?.command(tea, { type: "chat.sendMessage", id: "message-2", text: "Where?" });
      await host?.command(ana, { type: "meeting.end" });
      await front.pool.query("update meetings set phase = 'ended', ended_at = now() where id = $1", [meeting.id]);
    });

    it("counts for members, and says to teachers who was there and how long each school spoke", async () => {
      const page = good(await by("pupil").get(`${space}/${meeting.id}`));
      expect(page.attendance).to.deep.include({ adults: 2, pupils: 1, classes: 0 });
      expect(page.attendance.schools.map(({ spokeMs }: { spokeMs: unknown }) => spokeMs)).to.deep.equal([null, null]);
      expect(page.people).to.equal(null);
      const forTeachers = good(await by("mikko").get(`${space}/${meeting.id}`));
      expect(forTeachers.people.map(({ name, kind }: { name: string; kind: string }) => [name, kind])).to.deep.equal([
        ["Somebody", "adult"],
        ["Kingfisher", "pupil"],
        ["Somebody", "adult"],
      ]);
      expect(forTeachers.attendance.schools[0].spokeMs).to.be.a("number");
    });

    it("calls a purged pupil by no name any more", async () => {
      await front.pool.query("update pupils set state = 'purged' where id = 'pupil'");
      try {
        const { people: there } = good(await by("ana").get(`${space}/${meeting.id}`));
        expect(there.map(({ name }: { name: string }) => name)).to.deep.equal(["Somebody", "", "Somebody"]);
      } finally {
        await front.pool.query("update pupils set state = 'active' where id = 'pupil'");
      }
    });

    it("opens the replay to pupils and experts by its audience, and always to the project's teachers", async () => {
      const everybody = ["ana", "mikko", "tea", "expert", "pupil", "pupilAdmin", "visitor", "rui", "nobody"] as const;
      const watchers = async () => {
        const can: Name[] = [];
        for (const name of everybody) if (await canWatch(name)) can.push(name);
        return can;
      };
      await audience("chair");
      expect(await watchers()).to.deep.equal(["ana", "mikko", "tea"]);
      expect(await shownReplay("pupil")).to.equal(null);
      await audience("participants");
      expect(await watchers()).to.deep.equal(["ana", "mikko", "tea", "pupil"]);
      expect([await shownReplay("pupil"), await shownReplay("pupilAdmin")]).to.deep.equal([meeting.code, null]);
      await audience("project");
      expect(await watchers()).to.deep.equal(["ana", "mikko", "tea", "expert", "pupil", "pupilAdmin"]);
      expect(await shownReplay("pupilAdmin")).to.equal(meeting.code);
      expect(await shownReplay("expert")).to.equal(meeting.code);
      await audience("link");
      expect(await watchers()).to.deep.equal([...everybody]);
      await audience("project");
      await front.pool.query("update pupils set state = 'locked' where id = 'pupil'");
      expect(await canWatch("pupil"), "locked").to.equal(false);
      await front.pool.query("update pupils set state = 'active' where id = 'pupil'");
    });

    it("shows a pupil the room and no identity, and does not let them lead or download", async () => {
      await audience("project");
      const answer = await by("pupil").get(replay());
      expect(answer.body).to.include({ leads: false, perspective: "room", film: null });
      expect(answer.text).not.to.match(/pupil:|account:/);
      const opened = await by("pupil").post(`${replay()}/audience`, { audience: "link" });
      expect(opened.body.refused).to.equal("account.notAllowed");
      expect((await by("mikko").post(`${replay()}/audience`, { audience: "link" })).body.refused).to.equal(
        "replay.notAllowed",
      );
    });

    it("has no audience of a project where there is none", async () => {
      const alone = good(
        await by("ana").post("/api/bookings", { title: "Mine", start: "now", timeZone: "UTC" }),
      ).meeting;
      const answer = await by("ana").post(`/api/replays/${alone.code}/audience`, { audience: "project" });
      expect(answer.body).to.deep.include({ refused: "request.malformed", fields: ["audience"] });
    });

    it("keeps what was written as a material when the chair says so, once, and no line can look like another's", async () => {
      expect((await by("tea").send("PUT", `${space}/${meeting.id}/chat`, { keep: true })).body.refused).to.equal(
        "account.notAllowed",
      );
      const { chat } = good(await by("ana").send("PUT", `${space}/${meeting.id}/chat`, { keep: true }));
      expect(chat).to.include({ kept: true, mayKeep: false });
      const again = good(await by("mikko").send("PUT", `${space}/${meeting.id}/chat`, { keep: true })).chat;
      expect(again.material).to.equal(chat.material);
      const { rows } = await front.pool.query(
        "select kind, type, name, author, bytes from materials where project_id = 'project-active'",
      );
      expect(rows).to.have.length(1);
      expect(rows[0]).to.include({ kind: "file", type: "text/plain; charset=utf-8", author: "account:ana" });
      expect(rows[0].name).to.match(/^What lives in our river \d{4}-\d\d-\d\d\.txt$/);
      const path = join(materialsFolder(), "project-active", chat.material);
      const text = await readFile(path, "utf8");
      expect(text).to.match(/^00:00 {2}Kingfisher \(Escola de Aveiro\): An otter!$/m);
      expect(text).not.to.match(/^00:01 {2}ana: Not me/m);
      expect(text).to.match(/Where\?/);
    });

    it("is kept by itself at the end if it was said before, and a replay is news to who may watch it", async () => {
      const plain = await book({ recorded: true, lobby: false });
      good(await by("ana").send("PUT", `${space}/${plain.id}/chat`, { keep: true }));
      const host = await hosts.of(plain.id);
      const { seat } = good(await sits(by("ana"), plain.code));
      await host?.attach(seat, new Listener());
      await host?.command(seat, { type: "chat.sendMessage", id: "message-1", text: "Hello" });
      await host?.command(seat, { type: "meeting.end" });
      await afterMeeting(
        { pool: front.pool, now: Date.now, materialsFolder: materialsFolder(), tell: () => {} },
        plain.id,
      );
      expect(good(await by("ana").get(`${space}/${plain.id}`)).chat.material).to.be.a("string");
      const { rows } = await front.pool.query(
        "select seen_by from space_news where kind = 'replayReady' and thing = $1",
        [plain.id],
      );
      expect(rows).to.deep.equal([{ seen_by: "teachers" }]);
    });
  });

  describe("Moving to a project", () => {
    const move = (who: Name, id: string, project = "project-active") =>
      by(who).post(`/api/bookings/${id}/project`, { project });
    const alone = async (who: Name = "ana") =>
      good(await by(who).post("/api/bookings", { title: "Mine", start: "now", timeZone: "UTC", recorded: true }))
        .meeting;

    it("is its chair's, to a project that they found or administer, and is written down", async () => {
      const { id } = await alone();
      expect((await move("mikko", id)).body.refused).to.equal("booking.unknown");
      expect((await move("ana", id, "project-closed")).status).to.equal(400);
      const teas = await alone("tea");
      expect((await move("tea", teas.id)).body.refused).to.equal("booking.notAdmin");
      const moved = good(await move("ana", id));
      expect(moved.meeting.project.id).to.equal("project-active");
      expect(moved.moveBackUntil).to.equal(front.clock.now + 600_000);
      expect(good(await by("pupil").get(`${space}/${id}`)).meeting.title).to.equal("Mine");
      const { rows } = await front.pool.query(
        "select project_id, by_account from meeting_moves where meeting_id = $1",
        [id],
      );
      expect(rows).to.deep.equal([{ project_id: "project-active", by_account: "ana" }]);
      expect((await move("ana", id, "project-closed")).body.refused).to.equal("booking.moved");
    });

    it("is taken back within ten minutes, with whom it was opened to, and not later", async () => {
      const { id, code } = await alone();
      good(await move("ana", id));
      good(await by("ana").post(`/api/replays/${code}/audience`, { audience: "project" }));
      front.clock.now += 9 * 60_000;
      const back = good(await by("ana").delete(`/api/bookings/${id}/project`));
      expect(back.meeting.project).to.equal(null);
      expect(back.moveBackUntil).to.equal(null);
      const { rows } = await front.pool.query("select replay_audience from meetings where id = $1", [id]);
      expect(rows[0].replay_audience).to.equal("chair");
      expect((await by("pupil").get(`${space}/${id}`)).status).to.equal(404);
      good(await move("ana", id));
      front.clock.now += 11 * 60_000;
      expect((await by("ana").delete(`/api/bookings/${id}/project`)).body.refused).to.equal("booking.movedTooLongAgo");
    });

    it("does not happen while it runs", async () => {
      const { id, code } = await alone();
      good(await sits(by("ana"), code));
      await front.pool.query("update meetings set phase = 'open' where id = $1", [id]);
      expect((await move("ana", id)).body.refused).to.equal("booking.running");
    });

    it("leaves the links that were given out as they are", async () => {
      const { id, code } = await alone();
      good(await move("ana", id));
      expect(await as(front.browser(), code)).to.deep.equal(["participant", null, null, null]);
      expect(await as(by("pupil"), code)).to.include("Kingfisher");
    });
  });

  describe("The server's log", () => {
    it("has no alias, name or message in it", () => {
      expect(front.logged()).not.to.match(/Kingfisher|Otter|otter|Maria/);
    });
  });
});
