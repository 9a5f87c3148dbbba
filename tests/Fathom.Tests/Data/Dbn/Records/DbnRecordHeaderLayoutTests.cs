using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Data.Dbn;
using Fathom.Data.Dbn.Records;

namespace Fathom.Tests.Data.Dbn.Records;

public class DbnRecordHeaderLayoutTests
{
    [Fact]
    public void Records_have_the_lengths_of_the_format()
    {
        Assert.Equal(16, Unsafe.SizeOf<DbnRecordHeader>());
        Assert.Equal(56, Unsafe.SizeOf<MboRecord>());
        Assert.Equal(48, Unsafe.SizeOf<TradeRecord>());
        Assert.Equal(80, Unsafe.SizeOf<Mbp1Record>());
        Assert.Equal(368, Unsafe.SizeOf<Mbp10Record>());
        Assert.Equal(80, Unsafe.SizeOf<BboRecord>());
        Assert.Equal(80, Unsafe.SizeOf<Cmbp1Record>());
        Assert.Equal(80, Unsafe.SizeOf<CbboRecord>());
        Assert.Equal(56, Unsafe.SizeOf<OhlcvRecord>());
        Assert.Equal(40, Unsafe.SizeOf<StatusRecord>());
        Assert.Equal(112, Unsafe.SizeOf<ImbalanceRecord>());
        Assert.Equal(32, Unsafe.SizeOf<BidAskLevel>());
        Assert.Equal(32, Unsafe.SizeOf<ConsolidatedLevel>());
    }

    [Theory]
    [InlineData(typeof(DbnRecordHeader), "Type", 1)]
    [InlineData(typeof(DbnRecordHeader), "Publisher", 2)]
    [InlineData(typeof(DbnRecordHeader), "Instrument", 4)]
    [InlineData(typeof(DbnRecordHeader), "EventTime", 8)]
    [InlineData(typeof(MboRecord), "OrderId", 16)]
    [InlineData(typeof(MboRecord), "Price", 24)]
    [InlineData(typeof(MboRecord), "Quantity", 32)]
    [InlineData(typeof(MboRecord), "Flags", 36)]
    [InlineData(typeof(MboRecord), "Channel", 37)]
    [InlineData(typeof(MboRecord), "Action", 38)]
    [InlineData(typeof(MboRecord), "Side", 39)]
    [InlineData(typeof(MboRecord), "ReceiveTime", 40)]
    [InlineData(typeof(MboRecord), "SendDelta", 48)]
    [InlineData(typeof(MboRecord), "Sequence", 52)]
    [InlineData(typeof(TradeRecord), "Price", 16)]
    [InlineData(typeof(TradeRecord), "Action", 28)]
    [InlineData(typeof(TradeRecord), "Side", 29)]
    [InlineData(typeof(TradeRecord), "Flags", 30)]
    [InlineData(typeof(TradeRecord), "Depth", 31)]
    [InlineData(typeof(TradeRecord), "ReceiveTime", 32)]
    [InlineData(typeof(TradeRecord), "SendDelta", 40)]
    [InlineData(typeof(TradeRecord), "Sequence", 44)]
    [InlineData(typeof(Mbp1Record), "Level", 48)]
    [InlineData(typeof(Mbp10Record), "Levels", 48)]
    [InlineData(typeof(BidAskLevel), "BidQuantity", 16)]
    [InlineData(typeof(BidAskLevel), "AskOrders", 28)]
    [InlineData(typeof(BboRecord), "Side", 29)]
    [InlineData(typeof(BboRecord), "Flags", 30)]
    [InlineData(typeof(BboRecord), "ReceiveTime", 32)]
    [InlineData(typeof(BboRecord), "Sequence", 44)]
    [InlineData(typeof(BboRecord), "Level", 48)]
    [InlineData(typeof(Cmbp1Record), "Action", 28)]
    [InlineData(typeof(Cmbp1Record), "SendDelta", 40)]
    [InlineData(typeof(Cmbp1Record), "Level", 48)]
    [InlineData(typeof(ConsolidatedLevel), "BidPublisher", 24)]
    [InlineData(typeof(ConsolidatedLevel), "AskPublisher", 28)]
    [InlineData(typeof(CbboRecord), "ReceiveTime", 32)]
    [InlineData(typeof(CbboRecord), "Level", 48)]
    [InlineData(typeof(OhlcvRecord), "Open", 16)]
    [InlineData(typeof(OhlcvRecord), "Volume", 48)]
    [InlineData(typeof(StatusRecord), "ReceiveTime", 16)]
    [InlineData(typeof(StatusRecord), "Action", 24)]
    [InlineData(typeof(StatusRecord), "TradingEvent", 28)]
    [InlineData(typeof(StatusRecord), "IsTrading", 30)]
    [InlineData(typeof(StatusRecord), "IsShortSellRestricted", 32)]
    [InlineData(typeof(ImbalanceRecord), "ReferencePrice", 24)]
    [InlineData(typeof(ImbalanceRecord), "AuctionTime", 32)]
    [InlineData(typeof(ImbalanceRecord), "LowerCollar", 80)]
    [InlineData(typeof(ImbalanceRecord), "PairedQuantity", 88)]
    [InlineData(typeof(ImbalanceRecord), "AuctionType", 104)]
    [InlineData(typeof(ImbalanceRecord), "SignificantImbalance", 110)]
    public void Fields_stand_where_the_format_has_them(Type record, string field, int offset) => Assert.Equal(offset, (int)Marshal.OffsetOf(record, field));

    [Fact]
    public void A_record_is_read_as_its_type_only_when_it_is_long_enough()
    {
        DbnRecord record = new(DbnBuilder.Mbo(1, 2, order: 99), 0);
        Assert.True(record.TryAs(out MboRecord mbo));
        Assert.Equal(99u, mbo.OrderId);
        Assert.False(record.TryAs(out Mbp1Record _));
    }
}
