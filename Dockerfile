# One image, three programs: the API (default), the worker and the sandbox of the providers.
#   node dist/api/main.js    node dist/worker/main.js    node dist/sandbox/main.js
# Debian, not Alpine: Temporal's native core is built for glibc only.
FROM node:22.23.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No dependency needs its install script; skipping them reduces what has to be trusted.
RUN npm ci --ignore-scripts
COPY . .
# Compiles, and bundles the workflows: no worker has to bundle at its start.
RUN npm run build
RUN npm prune --omit=dev --ignore-scripts
# Temporal's core contains builds for five platforms; 110 MB of it are for the other four.
RUN find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
      ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -r {} +

FROM node:22.23.2-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY deploy/*.cjs ./deploy/
# A volume mounted here inherits this owner, so that the sandbox can write.
RUN install -d -o node -g node /data
USER node
EXPOSE 3000 9464
# Of the default program; the worker's is `node deploy/worker-health.cjs`, which docker-compose.yml names.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "deploy/answers-ok.cjs", "http://127.0.0.1:3000/livez"]
CMD ["node", "dist/api/main.js"]
