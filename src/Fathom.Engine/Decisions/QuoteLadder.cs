using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>
/// The quotes that a strategy wants to have in one instrument, as a whole: the engine keeps the orders to it until it is replaced or withdrawn. Its levels are prices, or
/// ticks from a reference that the engine follows by itself. Filled quotes are placed again. All of it is post-only and is pulled while the book is stale, halted,
/// one-sided or crossed.
/// </summary>
/// <remarks>Prices are rounded away from the market (bids down, asks up) to the tick and kept off the other side's best price; quantities are rounded down to the lot. A live quote
/// stays where it is until its target is <see cref="RequoteTicks"/> away, so that it keeps its place in the queue. The object is the strategy's and is copied when
/// it is handed over: build it once, change it, hand it over again.</remarks>
public sealed class QuoteLadder
{
    /// <summary>Levels of both sides together.</summary>
    public const int LevelsMax = 32;

    private readonly QuoteLevel[] _levels = new QuoteLevel[LevelsMax];
    private double _shiftTicks;
    private long _requoteTicks = 1;

    /// <summary>What levels in ticks are measured from.</summary>
    public PriceReference Reference { get; set; } = PriceReference.Mid;

    /// <summary>Ticks by which all levels in ticks are moved: below zero leans toward selling.</summary>
    /// <exception cref="ArgumentException">Not a number, or without end.</exception>
    public double ShiftTicks
    {
        get => _shiftTicks;
        set => _shiftTicks = double.IsFinite(value) ? value : throw new ArgumentException($"A shift is a number; found {value}.", nameof(value));
    }

    /// <summary>A live quote is moved when its target is this many ticks off, at least one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below one.</exception>
    public long RequoteTicks
    {
        get => _requoteTicks;
        set => _requoteTicks = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A quote moves by at least one tick.");
    }

    public int Count { get; private set; }

    public ReadOnlySpan<QuoteLevel> Levels => _levels.AsSpan(0, Count);

    public QuoteLadder Clear()
    {
        Count = 0;
        return this;
    }

    /// <summary>Adds a quote so many ticks from the reference on the side's own side of it (a bid below, an ask above); below zero is beyond it.</summary>
    /// <exception cref="ArgumentException">The ladder is full, or the level says nothing.</exception>
    public QuoteLadder Add(Side side, double ticks, Quantity quantity) => Add(new QuoteLevel(side, ticks, Price.None, quantity));

    /// <summary>Adds a quote at a price.</summary>
    /// <exception cref="ArgumentException">The ladder is full, or the level says nothing.</exception>
    public QuoteLadder Add(Side side, Price price, Quantity quantity) => Add(new QuoteLevel(side, 0, price, quantity));

    internal void CopyFrom(QuoteLadder other)
    {
        other.Levels.CopyTo(_levels);
        Count = other.Count;
        Reference = other.Reference;
        ShiftTicks = other.ShiftTicks;
        RequoteTicks = other.RequoteTicks;
    }

    private QuoteLadder Add(QuoteLevel level)
    {
        if (level.Side is not (Side.Buy or Side.Sell)) throw new ArgumentException($"A quote has a side; found {level.Side}.", nameof(level));
        if (!level.Quantity.IsPositive || level.Quantity.IsNone) throw new ArgumentException($"A quote has a quantity above zero; found {level.Quantity}.", nameof(level));
        if (!double.IsFinite(level.Ticks)) throw new ArgumentException($"A quote's distance is a number; found {level.Ticks}.", nameof(level));
        if (Count == LevelsMax) throw new ArgumentException($"A ladder has at most {LevelsMax} levels.", nameof(level));
        _levels[Count++] = level;
        return this;
    }
}
