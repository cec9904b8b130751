import type { ChooseNews, MyNews, NewsChoices, NewsCounts, StopNewsLetters } from "../../protocol/twinspace/news.ts";
import { ask, query } from "../api.ts";

/** Of all my TwinSpaces. */
export const myNews = (after: string | null) => ask<MyNews>("GET", `/api/news${query({ after })}`);
export const newsCounts = () => ask<NewsCounts>("GET", "/api/news/counts");
export const newsSeen = () => ask<void>("POST", "/api/news/seen");
export const newsChoices = () => ask<NewsChoices>("GET", "/api/news/choices");
export const chooseNews = (body: ChooseNews) => ask<NewsChoices>("POST", "/api/news/choices", body);
export const stopNewsLetters = (body: StopNewsLetters) => ask<void>("POST", "/api/news/stop", body);
