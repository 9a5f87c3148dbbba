using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.Library;

/// <summary>
/// Quotes both sides of every instrument it sees, at a fixed distance around the mid, and leans against its inventory: the more it holds, the lower both quotes, so that
/// selling gets likelier. A side that would take the position beyond its limit is not quoted. The engine follows the mid and pulls the quotes while the book cannot be trusted.
/// </summary>
public sealed class Quoter(StrategyParameters parameters) : Strategy
{
    private readonly double _halfSpreadTicks = parameters.Number("half_spread", byDefault: 1, min: 0, max: 100_000);
    private readonly double _skewTicksPerUnit = parameters.Number("skew", byDefault: 0.5m, min: 0, max: 100_000);
    private readonly long _requoteTicks = parameters.Whole("requote", byDefault: 2, min: 1, max: 100_000);
    private readonly Quantity _size = parameters.Quantity("size", byDefault: 1, min: 0.000000001m, max: 1_000_000_000);
    private readonly Quantity _inventoryMax = parameters.Quantity("inventory_max", byDefault: 5, min: 0.000000001m, max: 1_000_000_000);

    private readonly QuoteLadder _ladder = new();
    private bool[] _isQuoted = [];

    public override void OnQuote(StrategyContext context, in BestPrices prices)
    {
        int index = prices.Instrument.Index;
        if (index >= _isQuoted.Length) Array.Resize(ref _isQuoted, index + 1);
        if (_isQuoted[index]) return;      // the ladder stands and follows the mid by itself
        _isQuoted[index] = true;
        Quote(context, prices.Instrument);
    }

    public override void OnFill(StrategyContext context, in FillEvent fill) => Quote(context, fill.Header.Instrument);

    private void Quote(StrategyContext context, InstrumentId instrument)
    {
        Quantity position = context.Position(instrument);
        _ladder.Clear();
        _ladder.RequoteTicks = _requoteTicks;
        _ladder.ShiftTicks = -_skewTicksPerUnit * position.ToDouble();
        if (position + _size <= _inventoryMax) _ladder.Add(Side.Buy, _halfSpreadTicks, _size);
        if (position - _size >= -_inventoryMax) _ladder.Add(Side.Sell, _halfSpreadTicks, _size);
        context.Quote(instrument, _ladder);
    }
}
