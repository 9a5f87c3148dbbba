using Fathom.Domain.Values;

namespace Fathom.Engine.Decisions;

/// <summary>
/// The quotes that a strategy wants to have in one instrument, as a whole: the engine keeps the orders to it until it is replaced or withdrawn. Its levels are prices, or
/// ticks or basis points from a reference that the engine follows by itself. Filled quotes are placed again. All of it is post-only and is pulled while the book is stale, halted,
/// one-sided or crossed.
/// </summary>
/// <remarks>Prices are rounded away from the market (bids down, asks up) to the tick and kept off the other side's best price; quantities are rounded down to the lot. A live quote
/// stays where it is until its target is <see cref="RequoteTicks"/> away, so that it keeps its place in the queue. The object is the strategy's and is copied when
/// it is handed over: build it once, change it, hand it over again.</remarks>
public sealed class QuoteLadder
{
    /// <summary>Levels of both sides together.</summary>
    public const int LevelsMax = 32;

    private const double PriceMax = 9_000_000_000;      // what fits 64 bits of 1e-9, roundly

    private readonly QuoteLevel[] _levels = new QuoteLevel[LevelsMax];
    private double _shiftTicks, _fairValue = double.NaN;
    private long _requoteTicks = 1;

    /// <summary>What levels in ticks and in basis points are measured from.</summary>
    public PriceReference Reference { get; set; } = PriceReference.Mid;

    /// <summary>What the strategy thinks the instrument is worth, in price units, taken to the nearest 1e-9; NaN until it is stated. Used where it is the <see cref="Reference"/>. It may lie
    /// on the wrong side of the market: quotes are kept off the other side's best price all the same.</summary>
    /// <exception cref="ArgumentException">Not a number, without end, or no price that there can be.</exception>
    public double FairValue
    {
        get => _fairValue;
        set => _fairValue = Math.Abs(value) < PriceMax ? value : throw new ArgumentException($"A fair value is a number between -{PriceMax} and {PriceMax}; found {value}.", nameof(value));
    }

    /// <summary>Ticks by which all levels in ticks or basis points are moved: below zero leans toward selling.</summary>
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

    /// <summary>Adds a quote so many 1/10,000 of the reference's size from it, outward.</summary>
    /// <exception cref="ArgumentException">The ladder is full, or the level says nothing.</exception>
    public QuoteLadder AddBps(Side side, double bps, Quantity quantity) => Add(new QuoteLevel(side, 0, Price.None, quantity) { Bps = bps });

    /// <summary>Adds a quote at a price.</summary>
    /// <exception cref="ArgumentException">The ladder is full, or the level says nothing.</exception>
    public QuoteLadder Add(Side side, Price price, Quantity quantity) => Add(new QuoteLevel(side, 0, price, quantity));

    /// <summary>It is measured from a fair value that was not stated.</summary>
    internal bool NeedsFairValue => Reference == PriceReference.FairValue && double.IsNaN(_fairValue);

    internal void CopyFrom(QuoteLadder other)
    {
        other.Levels.CopyTo(_levels);
        Count = other.Count;
        Reference = other.Reference;
        _fairValue = other._fairValue;
        ShiftTicks = other.ShiftTicks;
        RequoteTicks = other.RequoteTicks;
    }

    private QuoteLadder Add(QuoteLevel level)
    {
        if (level.Side is not (Side.Buy or Side.Sell)) throw new ArgumentException($"A quote has a side; found {level.Side}.", nameof(level));
        if (!level.Quantity.IsPositive || level.Quantity.IsNone) throw new ArgumentException($"A quote has a quantity above zero; found {level.Quantity}.", nameof(level));
        if (!double.IsFinite(level.Ticks + level.Bps)) throw new ArgumentException($"A quote's distance is a number; found {level.Ticks + level.Bps}.", nameof(level));
        if (Count == LevelsMax) throw new ArgumentException($"A ladder has at most {LevelsMax} levels.", nameof(level));
        _levels[Count++] = level;
        return this;
    }
}
