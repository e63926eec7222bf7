"""The commands of private money: `obsqra mist ...`."""
