using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;

namespace Fathom.Tests.Engine.Loop;

public class MarkPublisherTests
{
    private readonly ScriptedStrategy _strategy = new();

    [Fact]
    public void An_instrument_is_told_from_its_first_order_on_beginning_with_its_mark()
    {
        using EngineRig rig = new(_strategy);
        rig.Define().Quote(10.00m, 10.02m).Quote(10.01m, 10.03m);
        Assert.Empty(rig.Quotes);
        _strategy.Book = (context, _) => { context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.00m)); _strategy.Book = null; };
        rig.Quote(10.01m, 10.03m, bidQuantity: 7m, askQuantity: 8m);
        QuoteEvent mark = Assert.Single(rig.Quotes);
        Assert.Equal((Price.From(10.01m), Quantity.Units(7), Price.From(10.03m), Quantity.Units(8)), (mark.Bid, mark.BidQuantity, mark.Ask, mark.AskQuantity));
        Assert.Equal((TradingEngine.ExternalStrategy, EngineRig.Crude), (mark.Output.Strategy, mark.Header.Instrument));
        Assert.True(rig.Outputs.IndexOf(rig.Commands[0].Output) > rig.Outputs.IndexOf(mark.Output));
    }

    [Fact]
    public void A_quote_is_told_only_when_a_best_price_of_a_sound_book_moved()
    {
        using EngineRig rig = Watched();
        rig.Quote(10.00m, 10.02m, bidQuantity: 3m);
        rig.Tape(EngineRig.Crude, BookAction.Add, Side.Buy, 9.00m, isLast: true);
        rig.Quote(10.00m, null).Quote(10.05m, 10.02m);
        rig.Tape(EngineRig.Crude, BookAction.None, Side.None, null, isLast: true, BookFlags.MaybeBadBook);
        rig.Quote(10.00m, 10.02m);
        Assert.Single(rig.Quotes);
        rig.Quote(10.01m, 10.02m).Quote(10.01m, 10.03m).Quote(10.03m, 10.03m);
        Assert.Equal([(10.00m, 10.02m), (10.01m, 10.02m), (10.01m, 10.03m), (10.03m, 10.03m)], rig.Quotes.Select(quote => (quote.Bid.ToDecimal(), quote.Ask.ToDecimal())));
    }

    [Fact]
    public void An_instrument_without_an_order_of_ours_is_not_told()
    {
        InstrumentId other = new(5);
        using EngineRig rig = Watched();
        rig.Define(other).Quote(3m, 4m, other).Quote(3m, 5m, other);
        Assert.Single(rig.Quotes);
        rig.Fill(new ClientOrderId(9, 9), Side.Buy, 4m, 1m, instrument: other);      // a stranger's fill moves our money there
        Assert.Equal((other, 3m, 5m), (rig.Quotes[^1].Header.Instrument, rig.Quotes[^1].Bid.ToDecimal(), rig.Quotes[^1].Ask.ToDecimal()));
        Assert.True(rig.Outputs.IndexOf(rig.Quotes[^1].Output) < rig.Outputs.IndexOf(rig.Fills[^1].Output));
    }

    private EngineRig Watched()
    {
        EngineRig rig = new(_strategy);
        _strategy.Book = (context, _) => { context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.00m)); _strategy.Book = null; };
        return rig.Define().Quote(10.00m, 10.02m);
    }
}
