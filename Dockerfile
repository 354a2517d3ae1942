# keyburn in a container: docker build -t keyburn . && docker run --rm -v "$PWD:/repo:ro" keyburn scan
# Pin the base by its digest where you build for others.
FROM node:24-bookworm-slim AS build
WORKDIR /keyburn
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="keyburn" \
      org.opencontainers.image.description="Finds leaked keys, asks their issuer, burns the exposed ones, proves them dead" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates git tini \
 && rm -rf /var/lib/apt/lists/* \
 # The mounted repository belongs to somebody else; it is only read.
 && git config --file /etc/keyburn.gitconfig --add safe.directory '*' \
 && useradd --uid 10001 --create-home keyburn \
 && install -d -o keyburn -g keyburn /state
COPY --from=build /keyburn/package.json /keyburn/LICENSE /keyburn/
COPY --from=build /keyburn/bin /keyburn/bin
COPY --from=build /keyburn/lib /keyburn/lib
COPY --from=build /keyburn/rules /keyburn/rules
COPY --from=build /keyburn/schema /keyburn/schema
COPY --from=build /keyburn/templates /keyburn/templates
COPY --from=build /keyburn/node_modules /keyburn/node_modules
ENV KEYBURN_HOME=/state GIT_CONFIG_GLOBAL=/etc/keyburn.gitconfig NODE_ENV=production
USER 10001
WORKDIR /repo
VOLUME /state
ENTRYPOINT ["tini", "--", "node", "/keyburn/bin/keyburn.js"]
CMD ["scan"]
