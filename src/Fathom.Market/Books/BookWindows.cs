namespace Fathom.Market.Books;

/// <summary>
/// Decides where each instrument's dense window stands, how wide it is and what its step is. Nothing here can make a book wrong: what does not fit the window
/// stands outside it, exactly; a bad decision only makes the book slow.
/// <para>A window starts narrow (64 levels a side, 3 KB, so that thousands of instruments fit) and is judged again only when enough orders missed it: when at
/// least a quarter of the appends since the last judgement did, it moves to the touch, and when it is there already it doubles. The step is the definition's
/// tick; where nobody stated one, or most misses are off it, it is learnt: the greatest common divisor of the differences of prices seen.</para>
/// </summary>
internal sealed unsafe class BookWindows(BookMemory memory)
{
    private const int WidthMin = LevelArena.Run;
    private const int WidthMax = 4096;
    private const uint MissesToLearn = 8;
    private const uint MissesMin = 64;
    private const long TickMax = 1L << 48;       // × WidthMax < 2⁶¹: a window never reaches where differences wrap
    private const long CentreMax = 1L << 61;

    /// <summary>Levels that windows may take together beyond the narrowest ones: 24 MB.</summary>
    private const long LevelsSpare = 1L << 20;
    private const long LevelsPerInstrument = 256;

    private readonly List<MovedLevel> _moved = [];

    private readonly record struct MovedLevel(uint Side, long Price, int Number, PriceLevel Content);

    /// <summary>Notes that an order's price is outside the window.</summary>
    /// <returns>Whether the window has changed.</returns>
    public bool NoteMiss(int instrument, long price)
    {
        BookMargin* margin = memory.Margins + instrument;
        margin->Missed[(int)(margin->Misses++ % BookMargin.MissedPrices.Length)] = price;
        uint missesMax = margin->MissesMax != 0 ? margin->MissesMax : margin->TickStated != 0 ? 1 : MissesToLearn;
        return margin->Misses >= missesMax && Judge(instrument, missesMax);
    }

    private bool Judge(int instrument, uint missesMax)
    {
        BookMargin* margin = memory.Margins + instrument;
        BookHead* head = memory.Heads + instrument;
        uint appends = head->NextArrival - margin->ArrivalJudged;
        bool isPressing = head->Width == 0 || margin->Misses >= appends / 4;
        bool isMoved = isPressing && TryFit(instrument);
        uint missesNext = MissesMin + (uint)head->Orders / 16;
        margin->MissesMax = isPressing && !isMoved ? Math.Max(missesNext, Math.Min(2 * missesMax, 1 << 20)) : missesNext;
        margin->Misses = 0;
        margin->ArrivalJudged = head->NextArrival;
        return isMoved;
    }

    private bool TryFit(int instrument)
    {
        BookHead head = memory.Heads[instrument];
        Span<long> prices = stackalloc long[BookMargin.MissedPrices.Length + 2];
        int count = (int)Math.Min(memory.Margins[instrument].Misses, BookMargin.MissedPrices.Length);
        ((ReadOnlySpan<long>)memory.Margins[instrument].Missed)[..count].CopyTo(prices);
        prices[..count].Sort();
        long centre = prices[count / 2];
        bool hasBid = memory.TryBest(instrument, 0, out _, out long bid), hasAsk = memory.TryBest(instrument, 1, out _, out long ask);
        if (hasBid) prices[count++] = bid;
        if (hasAsk) prices[count++] = ask;

        long tick = ChooseTick(memory.Margins[instrument].TickStated, centre, prices[..count]);
        if (tick is 0 or > TickMax) return false;
        if (hasBid && hasAsk && Distance(bid, ask) / (ulong)tick < WidthMax / 4) centre = bid + (ask - bid) / 2 / tick * tick;
        if (centre is > CentreMax or < -CentreMax) return false;

        ulong shift = head.Width == 0 ? 0 : Distance(centre, head.Base + head.Width / 2 * head.Tick) / (ulong)tick;
        bool isSameGrid = head.Width != 0 && tick == head.Tick && Distance(centre, head.Base) % (ulong)tick == 0;
        int width = Math.Max(head.Width, WidthMin);
        if (isSameGrid && shift < (ulong)width / 4) width = Widen(width);
        if (isSameGrid && width == head.Width && shift < (ulong)width / 8) return false;
        Move(instrument, centre - width / 2 * tick, tick, width);
        return true;
    }

    private int Widen(int width)
    {
        bool hasRoom = memory.Arena.Used + 4L * width <= LevelsSpare + LevelsPerInstrument * memory.InstrumentCount;
        return hasRoom ? Math.Min(2 * width, WidthMax) : width;
    }

    private static long ChooseTick(long stated, long anchor, ReadOnlySpan<long> prices)
    {
        int onGrid = 0;
        ulong learnt = 0;
        foreach (long price in prices)
        {
            ulong distance = Distance(price, anchor);
            if (stated != 0 && distance % (ulong)stated == 0) onGrid++;
            learnt = GreatestCommonDivisor(learnt, distance);
        }
        return stated != 0 && 2 * onGrid >= prices.Length ? stated : (long)Math.Min(learnt, long.MaxValue);
    }

    private static ulong Distance(long left, long right) => left >= right ? (ulong)left - (ulong)right : (ulong)right - (ulong)left;

    private static ulong GreatestCommonDivisor(ulong left, ulong right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }

    /// <summary>Gives the instrument a new window and puts every level where it now belongs.</summary>
    private void Move(int instrument, long @base, long tick, int width)
    {
        CollectLevels(instrument);
        BookHead old = memory.Heads[instrument];
        if (old.Width != 0) ReleaseWindow(in old);

        int first = memory.Arena.Take(2 * width / LevelArena.Run);
        for (int i = 0; i < 2 * width; i++) memory.Arena.Levels[first + i].Owner = (uint)instrument << 1 | (i < width ? 0u : 1u);
        BookHead* head = memory.Heads + instrument;
        head->Base = @base;
        head->Tick = tick;
        head->Magic = (ulong)(((UInt128)1 << 63) / (ulong)tick) + ((1UL << 63) % (ulong)tick == 0 ? 0UL : 1UL);
        head->Width = width;
        head->First = first;

        foreach (MovedLevel level in _moved) Place(instrument, in level, in old);
        head->BestBid = LevelArena.Highest(memory.Arena.Occupied, first, width);
        head->BestAsk = LevelArena.Highest(memory.Arena.Occupied, first + width, width);
        memory.UpdateCrossAt(instrument);
    }

    private void CollectLevels(int instrument)
    {
        _moved.Clear();
        for (uint side = 0; side < 2; side++)
            for (var cursor = new LevelCursor(memory, instrument, side); cursor.MoveNext();)
                _moved.Add(new MovedLevel(side, cursor.Price, cursor.Level, memory.Arena.Levels[cursor.Level]));
    }

    private void ReleaseWindow(in BookHead old)
    {
        for (int run = 0; run < 2 * old.Width / LevelArena.Run; run++) memory.Arena.Occupied[old.First / LevelArena.Run + run] = 0;
        memory.Arena.Release(old.First, 2 * old.Width / LevelArena.Run);
    }

    private void Place(int instrument, in MovedLevel level, in BookHead old)
    {
        bool wasDense = (uint)(level.Number - old.First) < 2 * (uint)old.Width;
        if (memory.Heads[instrument].TryLevel(level.Side, level.Price, out int number))
        {
            if (!wasDense)
            {
                memory.Outside.Remove(ref memory.Root(instrument, level.Side), OutsideLevels.KeyOf(level.Side, level.Price));
                memory.OutsideCount(instrument, level.Side)--;
            }
            LevelArena.SetOccupied(memory.Arena.Occupied, number);
        }
        else if (!wasDense) return;
        else number = memory.MakeOutside(instrument, level.Side, level.Price);

        memory.Arena.Levels[number] = level.Content;
        for (uint slot = level.Content.Head; slot != 0; slot = memory.Pool.Slots[slot].Next) memory.Pool.Slots[slot].Level = number;
    }
}
