using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Strategies.Library;
using Fathom.Tests.Engine.Loop;

namespace Fathom.Tests.Strategies.Library;

public class BuyAndHoldTests
{
    [Fact]
    public void Buys_every_instrument_at_the_market_once_its_book_is_sound()
    {
        using EngineRig rig = ARig();
        InstrumentId other = new(1);
        rig.Define(other).Quote(10.00m, null);
        Assert.Empty(rig.Sent);
        rig.Quote(10.00m, 10.02m).Quote(5m, 6m, other).Quote(10.01m, 10.03m);
        Assert.Equal([EngineRig.Crude, other], rig.Sent.Select(command => command.Header.Instrument));
        Assert.All(rig.Sent, command => Assert.Equal((Side.Buy, OrderType.Market, TimeInForce.ImmediateOrCancel, Quantity.Units(3), true),
            (command.Side, command.Type, command.TimeInForce, command.Quantity, command.Price.IsNone)));
    }

    [Fact]
    public void Holds_what_it_has()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m).Fill(rig.Sent[0].ClientOrderId, Side.Buy, 10.02m, 3m);
        rig.Now += Duration.FromMilliseconds(5_000);
        rig.Quote(9.00m, 9.02m).Quote(11.00m, 11.02m);
        Assert.Single(rig.Sent);
    }

    [Fact]
    public void Asks_for_what_is_missing_when_the_market_moves_and_not_within_a_second()
    {
        using EngineRig rig = ARig();
        rig.Quote(10.00m, 10.02m);
        ClientOrderId order = rig.Sent[0].ClientOrderId;
        rig.Fill(order, Side.Buy, 10.02m, 1m).Answer(ReportKind.Canceled, order, ReasonCode.NoLiquidity).Quote(10.01m, 10.02m);
        Assert.Single(rig.Sent);
        rig.Now += Duration.FromMilliseconds(1_000);
        rig.Quote(10.01m, 10.03m);
        Assert.Equal((2, Quantity.Units(2)), (rig.Sent.Count, rig.Sent[1].Quantity));
    }

    [Fact]
    public void Does_not_ask_while_the_market_is_halted()
    {
        using EngineRig rig = ARig();
        rig.State(TradingState.Halted).Quote(10.00m, 10.02m);
        Assert.Empty(rig.Sent);
        rig.State(TradingState.Continuous).Quote(10.01m, 10.02m);
        Assert.Single(rig.Sent);
    }

    private static EngineRig ARig() => new EngineRig(new BuyAndHold { Size = Quantity.Units(3) }).Define();
}
