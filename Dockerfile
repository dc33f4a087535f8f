FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production CARILLON_HOME=/var/lib/carillon
RUN useradd --system --uid 10001 carillon && install -d -o carillon -g carillon /var/lib/carillon /var/lib/carillon/pictures
WORKDIR /app
COPY --from=build /app /app
USER carillon
EXPOSE 3000
CMD ["npm", "run", "web"]
