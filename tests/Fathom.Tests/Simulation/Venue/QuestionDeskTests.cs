using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Market.Books;
using Fathom.Simulation.Venue;

namespace Fathom.Tests.Simulation.Venue;

public class QuestionDeskTests
{
    [Fact]
    public void Answer_that_might_find_no_room_is_refused_whole()
    {
        using MarketState market = new();
        OrderNames names = new();
        ExecutionLog log = new(market.Instruments, names);
        ReportWriter reports = new(7, Duration.Zero, log, bytesMax: 1 << 14);
        QuestionDesk desk = new(names, log, reports);
        for (ulong i = 1; i <= 50; i++) names.Open(new OwnOrder { ClientOrderId = ClientOrderId.Create(1, 0, i), VenueOrderId = i });
        OrderCommand question = new() { Kind = CommandKind.Snapshot, Approval = 9, Header = new MessageHeader { Instrument = InstrumentId.None } };

        desk.Snapshot(in question, [], default);
        int whole = reports.Queue.Count;
        desk.Snapshot(in question, [], default);
        desk.Query(in question, default);
        Assert.Equal((52, 54), (whole, reports.Queue.Count));
        for (int i = 0; i < whole; i++) reports.Queue.Dequeue();
        for (int i = 0; i < 2; i++)
        {
            VenueAnswer answer = Messages.As<VenueAnswer>(reports.Queue.First);
            Assert.Equal((VenueAnswerKind.Failed, ReasonCode.Unavailable, 9L), (answer.Kind, answer.Reason, answer.Request));
            reports.Queue.Dequeue();
        }
        desk.Snapshot(in question, [], default);
        Assert.Equal(52, reports.Queue.Count);
    }
}
