# Twinlight in one image: server, recorder and, unless DATABASE_URL is set, a Postgres of its own below /data.
#
#   docker build -t twinlight .
#   docker run -p 3000:3000 -p 40000-40003:40000-40003/udp -p 40000-40003:40000-40003/tcp \
#     -e ANNOUNCED_ADDRESS=203.0.113.7 -e PUBLIC_URL=https://meet.example.org -v twinlight:/data twinlight
#
# docs/running.md says what the variables mean. BASE may be any Debian 12 with Node 20 or newer and npm.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /twinlight
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates g++ pkg-config python3 meson ninja-build \
    flatbuffers-compiler libflatbuffers-dev libuv1-dev libssl-dev libsrtp2-dev libabsl-dev openssl ffmpeg \
  && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=optional
COPY . .
# The media worker (downloaded where that is possible, else built here), the pages, and Postgres' links, which the
# unprivileged user could not make.
RUN node -e "const { findWorker } = await import('./scripts/setup/worker.mjs'); \
    const { buildClient } = await import('./scripts/setup/client.mjs'); \
    const { embeddedBinaries } = await import('./storage/embedded/binaries.ts'); \
    const { copyFileSync } = await import('node:fs'); \
    embeddedBinaries(); \
    copyFileSync(await findWorker(process.env), 'mediasoup-worker'); \
    await buildClient();" --input-type=module \
  && npm prune --omit=dev \
  && rm -rf bench tests node_modules/mediasoup/worker node_modules/ffmpeg-static

FROM ${BASE}
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg libuv1 libssl3 libsrtp2-1 libabsl20220623 util-linux \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 10001 --create-home --shell /usr/sbin/nologin twinlight \
  && mkdir /data && chown twinlight:twinlight /data
WORKDIR /twinlight
COPY --from=build /twinlight /twinlight
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    LISTEN_IP=0.0.0.0 \
    MEDIA_PORT=40000 \
    DATA_DIR=/data \
    FFMPEG_PATH=/usr/bin/ffmpeg \
    MEDIASOUP_WORKER_BIN=/twinlight/mediasoup-worker
USER twinlight
VOLUME /data
EXPOSE 3000 40000-40003/udp 40000-40003/tcp
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "scripts/start.mjs"]
