using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Universe;

namespace Fathom.Tests.Market.Universe;

public class InstrumentRegistryTests
{
    private static readonly SymbolMap s_nothing = new();

    [Fact]
    public void Ids_are_dense_in_the_order_of_first_appearance()
    {
        InstrumentRegistry registry = new();

        Assert.Equal(0, Resolve(registry, 42).Id.Index);
        Assert.Equal(1, Resolve(registry, 7).Id.Index);
        Assert.Equal(2, Resolve(registry, 42, publisher: 2).Id.Index);
        Assert.Equal(0, Resolve(registry, 42).Id.Index);
        Assert.Equal(3, registry.Count);
    }

    [Fact]
    public void Only_the_first_resolution_of_an_instrument_announces_it()
    {
        InstrumentRegistry registry = new();

        Assert.Equal(MessageType.InstrumentDefined, Resolve(registry, 42).Announce);
        Assert.Equal(MessageType.None, Resolve(registry, 42).Announce);
        Assert.Equal("42", registry[new InstrumentId(0)].Symbol.ToString());
        Assert.True((registry[new InstrumentId(0)].Assumed & InstrumentAssumptions.Symbol) != 0);
    }

    [Fact]
    public void Describing_gives_no_id()
    {
        InstrumentRegistry registry = new();
        Assert.Equal("42", registry.Describe(1, 42, Timestamp.None, new Timestamp(1), s_nothing, out _, out _).Symbol.ToString());
        Assert.Equal(0, registry.Count);
    }

    [Fact]
    public void One_instrument_too_many_is_an_error_of_the_input()
    {
        InstrumentRegistry registry = new() { CountMax = 2 };
        for (ulong number = 1; number <= 2; number++) registry.Resolve(1, number, new Timestamp(1), new Timestamp(1), s_nothing);
        Assert.Throws<InputException>(() => registry.Resolve(1, 3, new Timestamp(1), new Timestamp(1), s_nothing));
        Assert.Equal(new InstrumentId(1), registry.Resolve(1, 2, new Timestamp(2), new Timestamp(2), s_nothing).Id);
    }

    [Fact]
    public void The_same_symbol_under_another_number_is_the_same_instrument()
    {
        InstrumentRegistry registry = new();
        SymbolMap map = new();
        map.Add(1, "SPY", new Timestamp(0), new Timestamp(10));
        map.Add(2, "SPY", new Timestamp(10), new Timestamp(20));

        InstrumentResolution first = registry.Resolve(1, 1, new Timestamp(5), new Timestamp(5), map), second = registry.Resolve(1, 2, new Timestamp(15), new Timestamp(15), map);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(MessageType.InstrumentChanged, second.Announce);
        Assert.Equal(2u, registry[first.Id].VenueInstrument);
    }

    [Fact]
    public void A_rule_is_not_an_identity()
    {
        InstrumentRegistry registry = new();
        SymbolMap map = new();
        map.Add(1, "ES.c.0", new Timestamp(0), new Timestamp(10), isAlias: true);
        map.Add(2, "ES.c.0", new Timestamp(10), new Timestamp(20), isAlias: true);

        InstrumentId first = registry.Resolve(1, 1, new Timestamp(5), new Timestamp(5), map).Id, second = registry.Resolve(1, 2, new Timestamp(15), new Timestamp(15), map).Id;

        Assert.NotEqual(first, second);
        Assert.Equal("ES.c.0", registry[second].Symbol.ToString());
        Assert.True((registry[second].Assumed & InstrumentAssumptions.Symbol) != 0);
    }

    [Fact]
    public void A_later_definition_keeps_the_id_and_clears_what_was_assumed()
    {
        InstrumentRegistry registry = new();
        InstrumentId id = Resolve(registry, 42).Id;

        InstrumentResolution defined = registry.Define(Definition("ESM4", 42, activation: 3, time: 9));

        Assert.Equal(id, defined.Id);
        Assert.Equal(MessageType.InstrumentChanged, defined.Announce);
        Assert.Equal("ESM4", registry[id].Symbol.ToString());
        Assert.Equal(MessageType.None, registry.Define(Definition("ESM4", 42, activation: 3, time: 10)).Announce);
        Assert.Equal(id, Resolve(registry, 42).Id);
    }

    [Fact]
    public void Another_activation_or_symbol_is_another_instrument()
    {
        InstrumentRegistry registry = new();

        InstrumentId old = registry.Define(Definition("ESM4", 42, activation: 3, time: 9)).Id;
        InstrumentId young = registry.Define(Definition("ESM4", 43, activation: 1000, time: 10)).Id;
        InstrumentId reused = registry.Define(Definition("ESU4", 42, activation: 1000, time: 11)).Id;

        Assert.Equal([0, 1, 2], [old.Index, young.Index, reused.Index]);
        Assert.Equal(reused, Resolve(registry, 42).Id);
    }

    [Fact]
    public void Known_definitions_take_effect_at_their_time_and_the_earliest_stands_in_before()
    {
        InstrumentRegistry registry = new();
        registry.Know(Definition("ESM4", 42, activation: 3, time: 20, tick: 2));
        registry.Know(Definition("ESM4", 42, activation: 3, time: 10, tick: 1));

        InstrumentResolution early = Resolve(registry, 42, time: 5);
        Assert.Equal(1, registry[early.Id].Tick.Nanos);
        Assert.Equal(20, early.Until.Nanos);
        Assert.Equal(MessageType.None, Resolve(registry, 42, time: 19).Announce);
        Assert.Equal(MessageType.InstrumentChanged, Resolve(registry, 42, time: 20).Announce);
        Assert.Equal(2, registry[early.Id].Tick.Nanos);
    }

    [Fact]
    public void A_definition_of_the_stream_wins_over_an_older_one_known_up_front()
    {
        InstrumentRegistry registry = new();
        registry.Know(Definition("ESM4", 42, activation: 3, time: 1, tick: 1));
        registry.Define(Definition("ESM4", 42, activation: 3, time: 10, tick: 5));

        Assert.Equal(MessageType.None, Resolve(registry, 42, time: 11).Announce);
        Assert.Equal(5, registry[new InstrumentId(0)].Tick.Nanos);
    }

    [Fact]
    public void The_registry_says_that_it_changed()
    {
        InstrumentRegistry registry = new();
        long version = registry.Version;
        registry.Define(Definition("ESM4", 42, activation: 3, time: 10));
        Assert.NotEqual(version, version = registry.Version);
        registry.Define(Definition("ESM4", 42, activation: 3, time: 11));
        Assert.Equal(version, registry.Version);
    }

    private static InstrumentResolution Resolve(InstrumentRegistry registry, ulong number, ushort publisher = 1, long time = 1) =>
        registry.Resolve(publisher, number, new Timestamp(time), new Timestamp(time), s_nothing);

    private static InstrumentDefinition Definition(string symbol, ulong number, long activation, long time, long tick = 7) => new()
    {
        Header = MessageHeader.Create<InstrumentDefinition>(MessageType.InstrumentDefined, 1, InstrumentId.None, new Timestamp(time), new Timestamp(time)),
        VenueInstrument = number,
        Activation = new Timestamp(activation),
        Expiration = Timestamp.None,
        Tick = new Price(tick),
        Lot = Quantity.Units(1),
        MultiplierNanos = Price.Scale,
        Symbol = SymbolText.From(symbol),
    };
}
