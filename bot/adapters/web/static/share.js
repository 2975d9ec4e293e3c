import { wake } from "/static/player.js";

wake(document);
