/// <summary>A market maker: two levels on each side around the weighted mid, leaning against what it holds. The engine keeps the quotes to the ladder; this class only says what
/// the ladder is, and only when its own position has changed.</summary>
public sealed class SkewedQuoter : Strategy
{
    [Parameter("ticks from the reference to the first quote of each side", Min = 0, Max = 1_000)]
    public double HalfSpread { get; set; } = 1.5;

    [Parameter("ticks between the two quotes of a side", Min = 1, Max = 1_000)]
    public double Step { get; set; } = 2;

    [Parameter("ticks that all quotes move against the position, per unit held", Min = 0, Max = 1_000)]
    public double Skew { get; set; } = 0.4;

    [Parameter("quantity of a quote")]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("a side that would take the position beyond this is not quoted")]
    public Quantity InventoryMax { get; set; } = Quantity.Units(6);

    private readonly QuoteLadder _ladder = new() { Reference = PriceReference.WeightedMid, RequoteTicks = 2 };
    private readonly HashSet<InstrumentId> _quoted = [];

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        if (_quoted.Add(prices.Instrument)) Quote(context, prices.Instrument);      // from here on the ladder follows the market by itself
    }

    public override void OnFill(StrategyContext context, in FillEvent fill)
    {
        Quote(context, fill.Header.Instrument);
        context.Plot("position", fill.Position.ToDouble());
    }

    private void Quote(StrategyContext context, InstrumentId instrument)
    {
        Quantity held = context.Position(instrument);
        _ladder.Clear();
        _ladder.ShiftTicks = -Skew * held.ToDouble();
        if (held + Size + Size <= InventoryMax) _ladder.Add(Side.Buy, HalfSpread, Size).Add(Side.Buy, HalfSpread + Step, Size);
        if (held - Size - Size >= -InventoryMax) _ladder.Add(Side.Sell, HalfSpread, Size).Add(Side.Sell, HalfSpread + Step, Size);
        context.Quote(instrument, _ladder);
    }
}
