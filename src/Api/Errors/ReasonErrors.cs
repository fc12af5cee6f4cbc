using Exchange.Domain;
using static Microsoft.AspNetCore.Http.StatusCodes;

namespace Exchange.Api.Errors;

/// <summary>
/// The domain's reasons as answers of the API. 400: malformed; 404: unknown; 409: in conflict with how things stand now;
/// 422: understood, but refused by a rule; 503 and 504: not now.
/// </summary>
public static class ReasonErrors
{
    private static readonly Dictionary<Reason, ApiError> Table = new()
    {
        [Reason.InvalidRequest] = new("INVALID_REQUEST", Status400BadRequest, "The request contradicts itself or lacks something."),
        [Reason.InvalidPrice] = new(
            "INVALID_PRICE", Status400BadRequest, "The price is not a positive decimal number of at most 13 digits before and 15 after the point."),
        [Reason.InvalidQuantity] = new(
            "INVALID_QUANTITY", Status400BadRequest,
            "The quantity is not a positive decimal number of at most 13 digits before and 15 after the point."),
        [Reason.InvalidAmount] = new(
            "INVALID_AMOUNT", Status400BadRequest, "The amount is not a positive decimal number of at most 13 digits before and 15 after the point."),
        [Reason.InvalidClientOrderId] = new(
            "INVALID_CLIENT_ORDER_ID", Status400BadRequest, "An id chosen by a client has 1 to 36 characters of A-Z a-z 0-9 . _ : / -"),
        [Reason.UnsupportedCombination] = new("UNSUPPORTED_COMBINATION", Status400BadRequest, "These order parameters do not go together."),
        [Reason.DuplicateRequest] = new("DUPLICATE_REQUEST", Status409Conflict, "This id was used before, for something else."),

        [Reason.UnknownSymbol] = new("UNKNOWN_SYMBOL", Status404NotFound, "There is no such market."),
        [Reason.UnknownAsset] = new("UNKNOWN_ASSET", Status404NotFound, "There is no such asset."),
        [Reason.MarketHalted] = new("MARKET_HALTED", Status409Conflict, "The market takes no new orders at the moment."),
        [Reason.MarketDataStale] = new("MARKET_DATA_STALE", Status409Conflict, "The market data of the venue is too old to trade on."),
        [Reason.NoLiquidity] = new("NO_LIQUIDITY", Status409Conflict, "There is nothing to trade against at the moment."),
        [Reason.InvalidMarket] = new("INVALID_MARKET", Status400BadRequest, "This is not a market that the exchange could run."),
        [Reason.FilterPrice] = new(
            "FILTER_PRICE", Status422UnprocessableEntity, "The price is out of range for this market or not a multiple of its tick size."),
        [Reason.FilterLotSize] = new(
            "FILTER_LOT_SIZE", Status422UnprocessableEntity, "The quantity is out of range for this market or not a multiple of its lot size."),
        [Reason.FilterNotional] = new("FILTER_NOTIONAL", Status422UnprocessableEntity, "The value of the order is below the minimum of this market."),
        [Reason.FilterMaxOpenOrders] = new(
            "FILTER_MAX_OPEN_ORDERS", Status422UnprocessableEntity, "The account has as many open orders on this market as it may have."),
        [Reason.FilterIcebergParts] = new("FILTER_ICEBERG_PARTS", Status422UnprocessableEntity, "An iceberg order may have at most 100 parts."),
        [Reason.FilterPercentPrice] = new("FILTER_PERCENT_PRICE", Status422UnprocessableEntity, "The price is too far from where the market is."),

        [Reason.MarketHasPositions] = new(
            "MARKET_HAS_POSITIONS", Status409Conflict, "Positions are open in this market; they have to be closed first."),
        [Reason.MarketDelisted] = new("MARKET_DELISTED", Status409Conflict, "The market has ended and cannot trade again."),

        [Reason.UnknownOrder] = new("UNKNOWN_ORDER", Status404NotFound, "This account has no such order."),
        [Reason.DuplicateOrder] = new("DUPLICATE_ORDER", Status409Conflict, "This client order id was used before, for a different order."),
        [Reason.WouldTakeLiquidity] = new(
            "WOULD_TAKE_LIQUIDITY", Status409Conflict, "The order would trade at once, which a LIMIT_MAKER order must not."),
        [Reason.OrderAlreadyDone] = new("ORDER_ALREADY_DONE", Status409Conflict, "The order is finished already."),
        [Reason.CancelledByUser] = new("CANCELLED_BY_USER", Status409Conflict, "The order was cancelled by its owner."),
        [Reason.RemainderExpired] = new("REMAINDER_EXPIRED", Status409Conflict, "What could not trade at once has expired."),
        [Reason.FillOrKillUnfilled] = new("FILL_OR_KILL_UNFILLED", Status409Conflict, "The order could not be filled as a whole."),
        [Reason.SelfTrade] = new("SELF_TRADE", Status409Conflict, "The order would have traded with the same account."),
        [Reason.BudgetSpent] = new("BUDGET_SPENT", Status409Conflict, "The quote amount is spent."),
        [Reason.ProtectionPriceReached] = new(
            "PROTECTION_PRICE_REACHED", Status409Conflict, "The rest would have traded too far from where the market is."),
        [Reason.NeverReachedMarket] = new("NEVER_REACHED_MARKET", Status409Conflict, "The order never reached its market and never will."),
        [Reason.FilterMaxArmedOrders] = new(
            "FILTER_MAX_ARMED_ORDERS", Status422UnprocessableEntity,
            "The account has as many orders and positions waiting for their price on this market as it may have."),
        [Reason.UnknownOrderList] = new("UNKNOWN_ORDER_LIST", Status404NotFound, "This account has no such list of orders."),

        [Reason.InsufficientBalance] = new("INSUFFICIENT_BALANCE", Status422UnprocessableEntity, "Insufficient funds for order"),
        [Reason.DepositLimit] = new("DEPOSIT_LIMIT", Status422UnprocessableEntity, "The deposit is more than a paper account may hold."),

        [Reason.UnknownAccount] = new("UNKNOWN_ACCOUNT", Status404NotFound, "There is no such account."),
        [Reason.AccountFrozen] = new("ACCOUNT_FROZEN", Status403Forbidden, "The account is frozen."),
        [Reason.AccountResetting] = new(
            "ACCOUNT_RESETTING", Status409Conflict, "The account is starting over and takes on nothing new until that is done."),
        [Reason.ResetTooSoon] = new(
            "RESET_TOO_SOON", Status409Conflict, "The account started over not long ago; GET /api/v1/account/reset says when it may again."),
        [Reason.TooManyKeys] = new("TOO_MANY_KEYS", Status409Conflict, "The account has as many API keys as it may have; revoke one."),
        [Reason.AccountExists] = new("ACCOUNT_EXISTS", Status409Conflict, "The account exists already."),

        [Reason.InvalidLeverage] = new(
            "INVALID_LEVERAGE", Status422UnprocessableEntity, "Leverage goes from 1 to the market's largest, with at most one decimal place."),
        [Reason.StopLossWrongSide] = new(
            "STOP_LOSS_WRONG_SIDE", Status422UnprocessableEntity, "A stop loss is below the price for a long position and above it for a short one."),
        [Reason.TakeProfitWrongSide] = new(
            "TAKE_PROFIT_WRONG_SIDE", Status422UnprocessableEntity,
            "A take profit is above the price for a long position and below it for a short one."),
        [Reason.StopLossBeyondLiquidation] = new(
            "STOP_LOSS_BEYOND_LIQUIDATION", Status422UnprocessableEntity, "The position would be liquidated before its stop loss is reached."),
        [Reason.InvalidTrailing] = new(
            "INVALID_TRAILING", Status422UnprocessableEntity, "A trailing distance is above zero and smaller than the price."),
        [Reason.InvalidExpiry] = new("INVALID_EXPIRY", Status422UnprocessableEntity, "An expiry is in the future and not too far in it."),
        [Reason.MarginTooSmall] = new("MARGIN_TOO_SMALL", Status422UnprocessableEntity, "The margin is too small for a position on this market."),
        [Reason.SlippageTooLarge] = new("SLIPPAGE_TOO_LARGE", Status409Conflict, "The market offers nothing near enough to the mark price."),
        [Reason.UnknownPosition] = new("UNKNOWN_POSITION", Status404NotFound, "This account has no such position."),
        [Reason.PositionClosing] = new("POSITION_CLOSING", Status409Conflict, "The position is closing already."),
        [Reason.PositionAlreadyClosed] = new("POSITION_ALREADY_CLOSED", Status409Conflict, "The position is closed already."),
        [Reason.WouldTriggerImmediately] = new("WOULD_TRIGGER_IMMEDIATELY", Status409Conflict, "The market is at or past the trigger price already."),
        [Reason.PairDone] = new("PAIR_DONE", Status409Conflict, "The other order of the pair was executed."),
        [Reason.InvalidStopPrice] = new("INVALID_STOP_PRICE", Status422UnprocessableEntity, "A conditional order has a stop price on the market's "
            + "ticks, a trailing delta, or both; those of a pair lie on both sides of the market."),

        [Reason.EntryExpired] = new("ENTRY_EXPIRED", Status409Conflict, "The price was not reached before the expiry of the position."),
        [Reason.PositionWaiting] = new("POSITION_WAITING", Status409Conflict, "The position is not open yet: it waits for its trigger price."),
        [Reason.PositionAlreadyOpen] = new("POSITION_ALREADY_OPEN", Status409Conflict, "The position has been opened; it can be closed."),
        [Reason.EntryAlreadyDone] = new("ENTRY_ALREADY_DONE", Status409Conflict, "The request for this position is over; it was not opened."),

        [Reason.Unavailable] = new("UNAVAILABLE", Status503ServiceUnavailable, "The exchange cannot answer at the moment. Whether a change took "
            + "effect is unknown: ask by client order id, or repeat it with the same id."),
        [Reason.Overloaded] = new("OVERLOADED", Status503ServiceUnavailable, "The exchange is busy and did nothing; try again in a moment."),
        [Reason.Timeout] = new(
            "TIMEOUT", Status504GatewayTimeout,
            "No answer in time. Whether a change took effect is unknown: ask by client order id, or repeat it with the same id."),
    };

    public static IReadOnlyDictionary<Reason, ApiError> All => Table;

    public static ApiError ToError(this Reason reason) => Table.GetValueOrDefault(reason, EdgeErrors.Internal);
}
