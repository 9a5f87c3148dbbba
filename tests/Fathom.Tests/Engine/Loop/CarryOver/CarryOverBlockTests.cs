using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Loop.CarryOver;

namespace Fathom.Tests.Engine.Loop.CarryOver;

public class CarryOverBlockTests
{
    private static readonly InstrumentId Other = new(4);

    [Fact]
    public void What_was_written_is_read()
    {
        Roll roll = ARoll();
        CarryOverBlock block = roll.Parse();
        Assert.True(block.Bytes.SequenceEqual(roll.Bytes));
        Assert.Equal((EngineRig.Code("USD"), 1L, 2u), (block.Currency, block.Begins.Session, block.Begins.Instruments));
        Assert.Equal(["one", "two"], block.Owners);
        Assert.Equal([EngineRig.Crude, Other], block.Definitions().Select(definition => definition.Header.Instrument));
        int messages = 0;
        block.StepInto(message => Assert.True(message.SequenceEqual(roll.Inputs[messages++])));
        Assert.Equal(roll.Inputs.Count, messages);
    }

    [Fact]
    public void Each_byte_counts()
    {
        byte[] bytes = ARoll().Bytes;
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] altered = [.. bytes];
            altered[at] ^= (byte)(1 << (at % 8));
            Assert.True(Record.Exception(() => CarryOverBlock.Parse("a file", altered)) is InputException, $"byte {at} of {bytes.Length}");
        }
        for (int length = 0; length < bytes.Length; length++)
            Assert.True(Record.Exception(() => CarryOverBlock.Parse("a file", bytes.AsSpan(0, length))) is InputException, $"{length} of {bytes.Length} bytes");
        Assert.Contains("more behind its end", Wrong([.. bytes, .. new byte[8]]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_wrong_is_told()
    {
        byte[] bytes = ARoll().Bytes;
        Assert.Contains("another kind", Wrong([]), StringComparison.Ordinal);
        Assert.Contains("another kind", Wrong([.. "This is text, and it goes on for as long as the first message of a block is, which is not short at all, but then it does not matter what it says."u8]), StringComparison.Ordinal);
        Assert.Contains("messages, expected a whole carry-over. It is cut off", Wrong(bytes[..^8]), StringComparison.Ordinal);
        byte[] altered = [.. bytes];
        altered[^100] ^= 1;
        Assert.Contains("another content than its hash says", Wrong(altered), StringComparison.Ordinal);
        altered = [.. bytes];
        MemoryMarshal.AsRef<CarryOverBegins>(altered.AsSpan()).Version = 1;
        Assert.Contains("version 1, expected one of version 3", Wrong(altered), StringComparison.Ordinal);
    }

    [Fact]
    public void It_goes_on_with_the_same_owners_and_new_ones_behind_them()
    {
        CarryOverBlock block = ARoll().Parse();
        block.Require(Options("one", "two"));
        block.Require(Options("one", "two", "three"));
        Assert.Contains("'two' as strategy or aggregator 2, where the session has none", Assert.Throws<InputException>(() => block.Require(Options("one"))).Message, StringComparison.Ordinal);
        Assert.Contains("'one' as strategy or aggregator 1, where the session has 'two'", Assert.Throws<InputException>(() => block.Require(Options("two", "one"))).Message, StringComparison.Ordinal);
        Assert.Contains("an account in USD", Assert.Throws<InputException>(() => block.Require(Options("one", "two") with { Currency = EngineRig.Code("EUR") })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_instruments_get_the_ids_of_the_next_session()
    {
        CarryOverBlock block = ARoll().Parse(), placed = block.Placed(definition => new InstrumentId(definition.Header.Instrument == Other ? 0 : 9));
        using EngineRig next = new([new NamedStrategy("one", new ScriptedStrategy()), new NamedStrategy("two", new ScriptedStrategy())]);
        placed.StepInto(next.Engine.Step);
        Assert.Equal(Quantity.Units(2), next.Engine.Account.Strategy(0).Quantity(new InstrumentId(0)));
        Assert.Equal(Quantity.Units(1), next.Engine.Account.Strategy(0).Quantity(new InstrumentId(9)));
        Assert.True(CarryOverBlock.Parse("a file", placed.Bytes).Placed(definition => definition.Header.Instrument.Index == 0 ? Other : EngineRig.Crude).Bytes.SequenceEqual(block.Bytes));
        Assert.Throws<InputException>(() => block.Placed(_ => Other));
    }

    [Fact]
    public void Orders_at_another_venue_are_in_doubt_and_held_ones_are_not()
    {
        List<CarriedOrder> orders = [];
        ARoll().Parse().Doubted(ReasonCode.Disconnected).StepInto(message =>
        {
            if (Messages.Header(message).Type == MessageType.CarriedOrder) orders.Add(Messages.As<CarriedOrder>(message));
        });
        Assert.Equal([(OrderStatus.Unknown, ReasonCode.Disconnected), (OrderStatus.Held, ReasonCode.None)], orders.Select(order => (order.Status, order.Doubt)));
    }

    /// <summary>Positions in two instruments, an order at the venue, and a stop here.</summary>
    private static Roll ARoll()
    {
        ScriptedStrategy one = new();
        using EngineRig rig = new([new NamedStrategy("one", one), new NamedStrategy("two", new ScriptedStrategy())], features: VenueFeatures.All & ~VenueFeatures.Stops);
        rig.Define().Define(new InstrumentId(2)).Define(Other);
        List<ClientOrderId> ids = [];
        one.Book = (context, _) =>
        {
            if (ids.Count > 0) return;
            ids.Add(context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m, 4m)));
            ids.Add(context.Submit(new OrderIntent(Other, Side.Buy, Quantity.Units(2), Price.From(9.98m))));
            ids.Add(context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(1), Price.None) { Type = OrderType.Stop, TriggerPrice = Price.From(12m) }));
        };
        rig.Quote(10.00m, 10.02m).AcceptAll().Fill(ids[0], Side.Buy, 9.98m, 1m).Fill(ids[1], Side.Buy, 9.98m, 2m, instrument: Other);
        return Roll.Of(rig.Engine);
    }

    private static EngineOptions Options(params string[] names) => new()
    {
        Currency = EngineRig.Code("USD"),
        Cash = 0,
        Strategies = [.. names.Select(name => new NamedStrategy(name, new ScriptedStrategy()))],
    };

    private static string Wrong(byte[] bytes) => Assert.Throws<InputException>(() => CarryOverBlock.Parse("a file", bytes)).Message;
}
