/** Work that is done later and not lost: queues on Postgres, which the server fills; films the recorder makes. */
import { PgBoss } from "pg-boss";
import type { Id } from "../protocol/ids.ts";
import type { Queryable } from "./pool.ts";

export type Boss = PgBoss;

/** Joins the turns of a meeting that ended into one film. */
export const filmQueue = "film";
export interface FilmJob {
  meeting: Id;
}

/** Writes a film of a TwinSpace anew with nothing around it, and makes a picture of it. */
export const materialFilmQueue = "materialFilm";
export interface MaterialFilmJob {
  material: Id;
}

/** Makes one file of a whole project. */
export const exportQueue = "spaceExport";
export interface ExportJob {
  export: Id;
}

/** Hands a letter to the mail server. */
export const mailQueue = "mail";
export interface MailJob {
  mail: Id;
}

/** Looks who fits somebody's saved search by now. */
export const searchQueue = "savedSearch";

/** Writes the letters about what is new in TwinSpaces. */
export const newsQueue = "newsLetters";

/** Looks which report cards are silent, or wait for something that is due. */
export const reminderQueue = "reportReminders";

/**
 * Opens the queues, making them where they are missing. `supervises`: this process also looks after jobs whose worker
 * died; one of them is enough. `fault` hears of every failed poll: the next one tries again.
 */
export async function openBoss(
  databaseUrl: string,
  { supervises, fault }: { supervises: boolean; fault: (cause: unknown) => void },
): Promise<Boss> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 3,
    useListenNotify: true,
    supervise: supervises,
    schedule: false,
    registerInstance: false,
  });
  boss.on("error", fault);
  await boss.start();
  await boss.createQueue(filmQueue, {
    notify: true,
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: false,
    expireInSeconds: 30 * 60,
  });
  await boss.createQueue(materialFilmQueue, { notify: true, retryLimit: 2, retryDelay: 5, expireInSeconds: 20 * 60 });
  // Tried once: its own row says whether somebody works at it, and whoever finds it forsaken queues it again.
  await boss.createQueue(exportQueue, { notify: true, retryLimit: 0, expireInSeconds: 6 * 3_600 });
  // Tried once: whether and when again stands in the letter's own row.
  await boss.createQueue(mailQueue, { notify: true, retryLimit: 0, expireInSeconds: 4 * 60 });
  // Tried again an hour later anyway; what was looked at is marked row by row.
  await boss.createQueue(searchQueue, { retryLimit: 0, expireInSeconds: 30 * 60 });
  await boss.createQueue(newsQueue, { retryLimit: 0, expireInSeconds: 30 * 60 });
  await boss.createQueue(reminderQueue, { retryLimit: 0, expireInSeconds: 30 * 60 });
  return boss;
}

/** Puts a film in the queue, with the row that says so. A film that is ready stays so: the worker sees it. */
export async function queueFilm(boss: Boss, pool: Queryable, meeting: Id): Promise<void> {
  await pool.query(
    `insert into films (meeting_id, state) values ($1, 'queued')
     on conflict (meeting_id) do update set state = 'queued', percent = 0, updated_at = now()
     where films.state = 'failed'`,
    [meeting],
  );
  const job: FilmJob = { meeting };
  await boss.send(filmQueue, job);
}

/** The material's row says already that it is queued; should this be lost, the recorder finds it there at its next start. */
export async function queueMaterialFilm(boss: Boss, material: Id): Promise<void> {
  const job: MaterialFilmJob = { material };
  await boss.send(materialFilmQueue, job);
}

/** The row says already that it waits; should this be lost, the server finds it there within a minute. */
export async function queueExport(boss: Boss, id: Id): Promise<void> {
  const job: ExportJob = { export: id };
  await boss.send(exportQueue, job);
}

/** Once an hour, however many processes ask for it. */
export async function queueSearches(boss: Boss): Promise<void> {
  await boss.send(searchQueue, {}, { singletonKey: "hourly", singletonSeconds: 3_600 });
}

/** Once in two minutes, however many processes ask for it. */
export async function queueNews(boss: Boss): Promise<void> {
  await boss.send(newsQueue, {}, { singletonKey: "news", singletonSeconds: 110 });
}

/** Once an hour, however many processes ask for it. */
export async function queueReminders(boss: Boss): Promise<void> {
  await boss.send(reminderQueue, {}, { singletonKey: "reminders", singletonSeconds: 3_600 });
}

/** Queues letters, in the transaction of `db` that marks them as queued. */
export async function queueMails(boss: Boss, db: Queryable, mails: readonly Id[]): Promise<void> {
  const executeSql = (text: string, values?: unknown[]) => db.query(text, values);
  for (const mail of mails) {
    const job: MailJob = { mail };
    await boss.send(mailQueue, job, { db: { executeSql } });
  }
}
