// Categories as vectors: shops and weekdays get a vector each, next to a plain number, and a functional model learns sales from
// them. The same layer serves two inputs, and a second model reads the vectors that it has learnt.
import { Concatenate, Dense, Embedding, Flatten, Input, Model, setRandomSeed } from 'keratin';

const SHOPS = 6;
const DAYS = 7;
let state = 3;
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

// What the model does not know: how good each shop is, and which days are busy.
const quality = [1, 3, 2, 5, 4, 1.5];
const busy = [0.6, 0.7, 0.8, 0.9, 1.4, 1.8, 0.3];
const sales = Array.from({ length: 800 }, () => {
  const [shop, rival, day] = [SHOPS, SHOPS, DAYS].map((count) => Math.floor(random() * count));
  const rain = random();
  return { shop, rival, day, rain, sold: quality[shop] * busy[day] * (1 - 0.4 * rain) - 0.2 * quality[rival] };
});
const column = (name) => sales.map((sale) => [sale[name]]);

setRandomSeed(42);
const shop = Input({ shape: [1], dtype: 'int32', name: 'shop' });
const rival = Input({ shape: [1], dtype: 'int32', name: 'rival' });
const day = Input({ shape: [1], dtype: 'int32', name: 'day' });
const rain = Input({ shape: [1], name: 'rain' });

const shopVectors = new Embedding(SHOPS, 3, { name: 'shop_vectors' }); // one table for the shop and its rival
const flat = (x) => new Flatten().apply(x);
const together = new Concatenate().apply([
  flat(shopVectors.apply(shop)),
  flat(shopVectors.apply(rival)),
  flat(new Embedding(DAYS, 3, { name: 'day_vectors' }).apply(day)),
  rain,
]);
const hidden = new Dense(32, { activation: 'relu' }).apply(together);
const sold = new Dense(1, { name: 'sold' }).apply(hidden);
const model = new Model({ inputs: { shop, rival, day, rain }, outputs: sold });
model.compile({ optimizer: 'adam', loss: 'mse', metrics: ['mae'] });
model.summary();

const x = { shop: column('shop'), rival: column('rival'), day: column('day'), rain: column('rain') };
const history = await model.fit(x, column('sold'), { epochs: 60, validationSplit: 0.2, verbose: 0 });
console.log(`mean error ${history.sparkline('val_mae')} ${history.history.val_mae.at(-1)?.toFixed(3)}`);

// The vectors, by a model that shares the layer.
const lookup = new Model({ inputs: shop, outputs: shopVectors.apply(shop) });
console.log('vectors of shops 1 and 3:');
console.log(String(lookup.predict([[1], [3]])));
