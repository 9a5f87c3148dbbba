using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.Library;

/// <summary>
/// Quotes both sides of every instrument it sees, at a fixed distance around the mid, and leans against its inventory: the more it holds, the lower both quotes, so that
/// selling gets likelier. A side that would take the position beyond its limit is not quoted. The engine follows the mid and pulls the quotes while the book cannot be trusted.
/// </summary>
public sealed class Quoter : Strategy
{
    [Parameter("ticks from the mid to each quote", Min = 0, Max = 100_000)]
    public double HalfSpread { get; set; } = 1;

    [Parameter("ticks that both quotes move against the position, per unit held", Min = 0, Max = 100_000)]
    public double Skew { get; set; } = 0.5;

    [Parameter("a quote is moved when it is this many ticks off", Min = 1, Max = 100_000)]
    public long Requote { get; set; } = 2;

    [Parameter("quantity of a quote", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity Size { get; set; } = Quantity.Units(1);

    [Parameter("a side that would take the position beyond this is not quoted", Min = 1e-9, Max = 1_000_000_000)]
    public Quantity InventoryMax { get; set; } = Quantity.Units(5);

    private readonly QuoteLadder _ladder = new();
    private bool[] _isQuoted = [];

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        int index = prices.Instrument.Index;
        if (index >= _isQuoted.Length) Array.Resize(ref _isQuoted, index + 1);
        if (_isQuoted[index] || context.IsWarmingUp) return;      // the ladder stands and follows the mid by itself
        _isQuoted[index] = true;
        Quote(context, prices.Instrument);
    }

    public override void OnFill(StrategyContext context, in FillEvent fill) => Quote(context, fill.Header.Instrument);

    private void Quote(StrategyContext context, InstrumentId instrument)
    {
        Quantity position = context.Position(instrument);
        _ladder.Clear();
        _ladder.RequoteTicks = Requote;
        _ladder.ShiftTicks = -Skew * position.ToDouble();
        if (position + Size <= InventoryMax) _ladder.Add(Side.Buy, HalfSpread, Size);
        if (position - Size >= -InventoryMax) _ladder.Add(Side.Sell, HalfSpread, Size);
        context.Quote(instrument, _ladder);
    }
}
