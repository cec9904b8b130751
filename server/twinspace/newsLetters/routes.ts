/** The bell and the choice of letters over http. */
import {
  AskNews,
  ChooseNews,
  MyNews,
  NewsChoices,
  NewsCounts,
  StopNewsLetters,
} from "../../../protocol/twinspace/news.ts";
import { type Route, route } from "../../http/route.ts";
import { reading, type SpaceParts, writing } from "../routes.ts";
import { choicesOf, choose, markNewsSeen, stopLetters } from "./choices.ts";
import { countNews, myNews } from "./mine.ts";

const stopping = { times: 30, perMs: 60_000, per: "network" } as const;

export function newsLetterRoutes({ pool, now }: Pick<SpaceParts, "pool" | "now">): Route[] {
  return [
    route({
      method: "get",
      path: "/api/news",
      summary: "What is new in all my TwinSpaces, and to what I am invited",
      action: "news.choose",
      limit: reading,
      query: AskNews,
      answer: MyNews,
      handle: ({ caller }, { query }) => myNews(pool, caller.id, query.after, now()),
    }),
    route({
      method: "get",
      path: "/api/news/counts",
      summary: "How much of it I have not seen, and how much unread mail I have",
      action: "news.choose",
      limit: reading,
      answer: NewsCounts,
      handle: ({ caller }) => countNews(pool, caller.id, now()),
    }),
    route({
      method: "post",
      path: "/api/news/seen",
      summary: "I have seen what is new",
      action: "news.choose",
      limit: reading,
      async handle({ caller }) {
        await markNewsSeen(pool, caller.id, now());
        return undefined;
      },
    }),
    route({
      method: "get",
      path: "/api/news/choices",
      summary: "What I am told of by letter, and how",
      action: "news.choose",
      limit: reading,
      answer: NewsChoices,
      handle: ({ caller }) => choicesOf(pool, caller.id),
    }),
    route({
      method: "post",
      path: "/api/news/choices",
      summary: "Choose it for one subject: at once, once a day, or not",
      action: "news.choose",
      limit: writing,
      body: ChooseNews,
      answer: NewsChoices,
      async handle({ caller }, { body }) {
        await choose(pool, caller.id, body, now());
        return choicesOf(pool, caller.id);
      },
    }),
    route({
      method: "post",
      path: "/api/news/stop",
      summary: "End the letters about what is new, by the link that stands in them",
      action: "news.stopLetters",
      limit: stopping,
      body: StopNewsLetters,
      async handle(_who, { body }) {
        return (await stopLetters(pool, body)) ? undefined : { refused: "request.notFound" };
      },
    }),
  ];
}
