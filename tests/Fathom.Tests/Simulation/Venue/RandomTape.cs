using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>Tapes that meet every rule of the queue often: few prices, small quantities, events of several records, and everything that a feed can get wrong.</summary>
internal static class RandomTape
{
    private const int PriceMin = 95;
    private const int PriceCount = 10;

    private static readonly BookFlags[] Oddities =
        [BookFlags.Snapshot, BookFlags.TopOfBook, BookFlags.Aggregated, BookFlags.MaybeBadBook, BookFlags.Snapshot | BookFlags.BadReceiveTime];

    public static Tape Create(Random random, int events, int instruments, bool isHostile)
    {
        Tape tape = new();
        for (int i = 0; i < instruments; i++) Define(tape, i);
        List<(ulong Id, Side Side, long Price, long Quantity)>[] live = new List<(ulong, Side, long, long)>[instruments];
        for (int i = 0; i < instruments; i++) live[i] = [];
        ulong ids = 100;
        for (int i = 0; i < events; i++)
        {
            int instrument = random.Next(instruments);
            if (isHostile && random.Next(40) == 0) tape.State((TradingState)random.Next(6), instrument);
            else if (isHostile && random.Next(4) == 0) tape.State(TradingState.Continuous, instrument);
            if (isHostile && random.Next(60) == 0) Define(tape, instrument);
            AddEvent(tape, random, live, ref ids, instrument, isHostile);
        }
        return tape;
    }

    /// <summary>Instrument 1 is inverse, the others are linear.</summary>
    private static void Define(Tape tape, int instrument) =>
        tape.Define(instrument, multiplier: instrument == 1 ? 100m : 1m + instrument, kind: instrument == 1 ? InstrumentKind.Inverse : InstrumentKind.Linear);

    private static void AddEvent(
        Tape tape, Random random, List<(ulong Id, Side Side, long Price, long Quantity)>[] live, ref ulong ids, int instrument, bool isHostile)
    {
        int records = random.Next(3) == 0 ? random.Next(2, 7) : 1;
        bool namesFills = random.Next(3) > 0;
        for (int i = 0; i < records; i++)
        {
            bool isLast = i == records - 1 && !(isHostile && random.Next(30) == 0);
            BookFlags flags = isLast ? BookFlags.Last : BookFlags.None;
            if (isHostile && random.Next(25) == 0) flags |= Oddities[random.Next(Oddities.Length)];
            int other = instrument;
            if (isHostile && random.Next(12) == 0) other = random.Next(live.Length);      // another instrument's record in between
            AddRecord(tape, random, live[other], ref ids, other, flags, namesFills, isHostile);
        }
    }

    private static void AddRecord(
        Tape tape, Random random, List<(ulong Id, Side Side, long Price, long Quantity)> live, ref ulong ids, int instrument, BookFlags flags, bool namesFills, bool isHostile)
    {
        long step = random.Next(4) == 0 ? 0 : random.Next(1, 2_000);
        tape.Time += step - 1_000 + (isHostile && random.Next(30) == 0 ? -random.Next(3_000) : 0);      // the tape adds 1,000 itself
        long eventTime = tape.Time - random.Next(0, 3_000) + (isHostile && random.Next(20) == 0 ? random.Next(5_000) : 0);
        void Record(BookAction action, ulong id, Side side, long? price, long quantity) =>
            tape.Record(action, id, side, price, quantity, flags, instrument, eventTime);

        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        long price = side == Side.Buy ? PriceMin + random.Next(PriceCount * 6 / 10) : PriceMin + PriceCount - 1 - random.Next(PriceCount * 6 / 10);
        int at = live.Count == 0 ? -1 : random.Next(live.Count);
        switch (random.Next(isHostile ? 20 : 17))
        {
            case <= 5 or 6 when at < 0:
                Record(BookAction.Add, ++ids, side, price, random.Next(1, 9));
                live.Add((ids, side, price, 8));
                break;
            case <= 7 when at >= 0:
                Record(BookAction.Cancel, live[at].Id, live[at].Side, live[at].Price, random.Next(1, 9));
                if (random.Next(2) == 0) live.RemoveAt(at);
                break;
            case <= 9 when at >= 0:
                long moved = random.Next(2) == 0 ? live[at].Price : price;
                ulong id = random.Next(6) == 0 ? 101 + (ulong)random.Next((int)(ids - 100)) : live[at].Id;      // perhaps one that left long ago
                Record(BookAction.Modify, id, random.Next(15) == 0 ? side : live[at].Side, moved, random.Next(isHostile ? 0 : 1, 10));
                live[at] = live[at] with { Price = moved };
                break;
            case <= 12 when at >= 0 && namesFills:
                Record(BookAction.Fill, live[at].Id, live[at].Side, live[at].Price, random.Next(1, 7));
                break;
            case <= 15:
                Side aggressor = isHostile && random.Next(10) == 0 ? Side.None : side;
                Record(BookAction.Trade, 0, aggressor, PriceMin + random.Next(PriceCount), random.Next(1, 12));
                break;
            case 16:
                Record(BookAction.Fill, 5, side, price, 3);
                break;
            case 17:
                Record(BookAction.Add, at >= 0 ? live[at].Id : 7, random.Next(8) == 0 ? Side.None : side, random.Next(8) == 0 ? null : price, random.Next(0, 6));
                break;
            case 18 when random.Next(5) == 0:
                Record(BookAction.Clear, 0, Side.None, null, 0);
                live.Clear();
                break;
            default:
                Record(BookAction.None, 0, Side.None, null, 0);
                break;
        }
    }
}
