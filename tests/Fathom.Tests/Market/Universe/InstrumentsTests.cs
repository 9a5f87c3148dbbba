using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Tests.Market.Universe;

public class InstrumentsTests
{
    [Fact]
    public void Definition_and_state_are_kept_apart()
    {
        var instruments = new Instruments();
        instruments.Apply(State(7, TradingState.Halted));
        Assert.Equal(0, instruments.Count);
        instruments.Apply(Definition(7, tick: 25));
        Assert.Equal(8, instruments.Count);
        Assert.True(instruments.Contains(new InstrumentId(7)));
        Assert.False(instruments.Contains(new InstrumentId(3)));
        Assert.Equal(25, instruments[new InstrumentId(7)].Tick.Nanos);
        Assert.Equal(TradingState.Halted, instruments.StateOf(new InstrumentId(7)));
        Assert.Equal(TradingState.Unknown, instruments.StateOf(new InstrumentId(2)));
        Assert.Equal(TradingState.Unknown, instruments.StateOf(new InstrumentId(1_000_000)));
    }

    [Fact]
    public void A_changed_definition_replaces_the_old_one()
    {
        var instruments = new Instruments();
        instruments.Apply(Definition(0, tick: 25));
        instruments.Apply(Definition(0, tick: 50));
        Assert.Equal(50, instruments[new InstrumentId(0)].Tick.Nanos);
        Assert.Equal(1, instruments.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void An_id_that_no_registry_gives_breaks_an_invariant(int index)
    {
        var instruments = new Instruments();
        Assert.Throws<InvariantException>(() => instruments.Apply(Definition(index, tick: 1)));
        Assert.Throws<InvariantException>(() => _ = instruments[new InstrumentId(index)].Tick);
    }

    private static InstrumentDefinition Definition(int index, long tick) => new()
    {
        Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, new InstrumentId(index), default, default),
        Tick = new Price(tick),
    };

    private static TradingStateChanged State(int index, TradingState state) => new()
    {
        Header = MessageHeader.Create<TradingStateChanged>(MessageType.TradingStateChanged, 1, new InstrumentId(index), default, default),
        State = state,
    };
}
