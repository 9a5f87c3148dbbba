using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Loop;

namespace Fathom.Tests.Engine.Loop;

public class PublisherTests
{
    [Fact]
    public void Commands_changes_and_fills_are_part_of_the_fingerprint_and_descriptions_are_not()
    {
        string empty = Told(_ => { });
        Assert.Equal(empty, Told(publisher => { QuoteEvent quote = new() { Header = Header<QuoteEvent>(MessageType.QuoteEvent) }; publisher.Publish(ref quote); }));
        Assert.Equal(empty, Told(publisher => { PositionEvent position = new() { Header = Header<PositionEvent>(MessageType.PositionEvent) }; publisher.Publish(ref position); }));
        Assert.Equal(empty, Told(publisher => { EquityEvent equity = new() { Header = Header<EquityEvent>(MessageType.EquityEvent) }; publisher.Publish(ref equity); }));
        Assert.Equal(empty, Told(publisher => { PlotEvent plot = new() { Header = Header<PlotEvent>(MessageType.PlotEvent) }; publisher.Publish(ref plot); }));
        Assert.Equal(empty, Told(publisher => { AnnotationEvent remark = new() { Header = Header<AnnotationEvent>(MessageType.AnnotationEvent) }; publisher.Publish(ref remark); }));
        Assert.Equal(empty, Told(publisher => { LogEvent entry = new() { Header = Header<LogEvent>(MessageType.LogEvent) }; publisher.Publish(ref entry); }));
        string[] told =
        [
            empty,
            Told(publisher => { OrderCommand command = new() { Header = Header<OrderCommand>(MessageType.OrderCommand) }; publisher.Publish(ref command); }),
            Told(publisher => { OrderEvent change = new() { Header = Header<OrderEvent>(MessageType.OrderEvent) }; publisher.Publish(ref change); }),
            Told(publisher => { FillEvent fill = new() { Header = Header<FillEvent>(MessageType.FillEvent) }; publisher.Publish(ref fill); }),
        ];
        Assert.Equal(told.Length, told.Distinct().Count());
    }

    [Fact]
    public void Everything_is_numbered_shown_and_remembered_in_the_order_in_which_it_was_published()
    {
        using EngineRig rig = new(new ScriptedStrategy());
        Publisher publisher = new([rig, rig], new Fingerprint([]));
        publisher.BeginStep(7);
        QuoteEvent quote = new() { Header = Header<QuoteEvent>(MessageType.QuoteEvent) };
        publisher.Publish(ref quote);
        FillEvent fill = new() { Header = Header<FillEvent>(MessageType.FillEvent) };
        publisher.Publish(ref fill);
        publisher.BeginStep(8);
        EquityEvent equity = new() { Header = Header<EquityEvent>(MessageType.EquityEvent) };
        publisher.Publish(ref equity);
        OrderEvent change = new() { Header = Header<OrderEvent>(MessageType.OrderEvent) };
        publisher.Publish(ref change);
        // What only describes is counted apart: without it the others would be numbered alike.
        Assert.Equal([(1L, 7L, -1), (1, 7, -1), (1, 7, 0), (1, 7, 0), (2, 8, -1), (2, 8, -1), (2, 8, 0), (2, 8, 0)], rig.Outputs.Select(output => (output.Sequence, output.Cause, output.IndexInStep)));
        Assert.True(publisher.History.TryLast(2, out ReadOnlySpan<byte> second));
        Assert.Equal(1, Messages.As<FillEvent>(second).Output.Sequence);
    }

    private static string Told(Action<Publisher> tell)
    {
        Fingerprint fingerprint = new([]);
        tell(new Publisher([], fingerprint));
        return fingerprint.ToString();
    }

    private static MessageHeader Header<T>(MessageType type) where T : unmanaged => MessageHeader.Create<T>(type, 0, EngineRig.Crude, default, default);
}
