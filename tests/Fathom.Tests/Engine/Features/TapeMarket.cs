using Fathom.Domain.Values;
using Fathom.Engine.Features;

namespace Fathom.Tests.Engine.Features;

/// <summary>A row of a tape: a book, a trade, or only a moment.</summary>
internal sealed record TapeRow(Timestamp Time, bool Opens, BookSample? Book, TradeSample? Trade)
{
    /// <summary>Shows it to a feature, as the engine does; then its outputs are those of this moment.</summary>
    public void ShowTo(TapeFeature feature)
    {
        if (Opens && feature.FollowsSessions) feature.OpenSession();
        if (Book is not null && feature.TakesBook) feature.TakeBook(Book);
        if (Trade is { } trade && feature.TakesTrades) feature.TakeTrade(in trade);
        if (feature.FollowsTime) feature.AsOf(Time);
    }
}

/// <summary>Tapes from a seed: books of up to ten levels whose prices and quantities wander, now and then one-sided, empty, locked, crossed or stale; trades on both sides, some without a side, several
/// at one time; moments without a sample; sessions.</summary>
internal static class TapeMarket
{
    public const double Tick = 0.01;

    public static List<TapeRow> Of(int seed, int count, int depth = 10)
    {
        Random random = new(seed);
        List<TapeRow> rows = [];
        long time = 0;
        int best = 10_000, spread = 1 + random.Next(3);
        double[][] quantities = [Quantities(random, depth), Quantities(random, depth)];
        int[][] gaps = [Gaps(random, depth), Gaps(random, depth)];
        double bid = double.NaN, ask = double.NaN;
        for (int i = 0; i < count; i++)
        {
            time += random.Next(4) == 0 ? 0 : random.NextInt64(1, random.Next(20) == 0 ? 5_000_000_000 : 300_000_000);
            bool opens = random.Next(60) == 0;
            int kind = random.Next(10);
            if (kind < 6)
            {
                Wander();
                BookSample book = Book();
                if (book.IsSound) (bid, ask) = (book.Bid, book.Ask);
                rows.Add(new TapeRow(new Timestamp(time), opens, book, null));
            }
            else
            {
                double price = Math.Round((best + random.Next(-2, 3) + (spread % 2 == 0 && random.Next(3) == 0 ? spread / 2 : 0)) * Tick, 2);
                double quantity = random.Next(12) == 0 ? random.Next(50, 200) : random.Next(3) == 0 ? Math.Round(random.NextDouble() * 5 + 0.001, 3) : random.Next(1, 10);
                TradeSample trade = new(new Timestamp(time), price, quantity, random.Next(3) == 0 ? 0 : random.Next(2) * 2 - 1, bid, ask);
                rows.Add(new TapeRow(new Timestamp(time), opens, null, kind == 9 ? null : trade));
            }
        }
        return rows;

        void Wander()
        {
            int side = random.Next(2), level = Math.Min(random.Next(depth), random.Next(depth));
            switch (random.Next(6))
            {
                case 0: best += random.Next(-2, 3); break;
                case 1: spread = 1 + random.Next(3); break;
                case 2: gaps[side][level] = 1 + random.Next(3); break;
                case 3: break;      // nothing changed
                default: quantities[side][level] = random.Next(1, 40) * 0.5; break;
            }
        }

        BookSample Book()
        {
            BookSample book = new(depth) { Time = new Timestamp(time), IsStale = random.Next(30) == 0, BidCount = depth - random.Next(3), AskCount = depth - random.Next(3) };
            (book.BidCount, book.AskCount) = (Math.Max(1, book.BidCount), Math.Max(1, book.AskCount));
            if (random.Next(25) == 0) book.BidCount = 0;
            if (random.Next(25) == 0) book.AskCount = 0;
            int apart = random.Next(25) switch { 0 => 0, 1 => -1, _ => spread };
            int bidTicks = best, askTicks = best + apart;
            for (int i = 0; i < depth; i++)
            {
                book.SetBid(i, Math.Round(bidTicks * Tick, 2), quantities[0][i]);
                book.SetAsk(i, Math.Round(askTicks * Tick, 2), quantities[1][i]);
                (bidTicks, askTicks) = (bidTicks - gaps[0][i], askTicks + gaps[1][i]);
            }
            book.BidAhead = random.Next(3) == 0 ? double.NaN : random.Next(20);
            book.AskAhead = random.Next(3) == 0 ? double.NaN : random.Next(20);
            return book;
        }
    }

    private static double[] Quantities(Random random, int depth) => [.. Enumerable.Range(0, depth).Select(_ => random.Next(1, 40) * 0.5)];

    private static int[] Gaps(Random random, int depth) => [.. Enumerable.Range(0, depth).Select(_ => 1 + random.Next(2))];
}
